package io.wstck.server.certificate;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.security.auth.x500.X500Principal;
import org.wildfly.security.x500.GeneralName;
import org.wildfly.security.x500.cert.BasicConstraintsExtension;
import org.wildfly.security.x500.cert.KeyUsage;
import org.wildfly.security.x500.cert.KeyUsageExtension;
import org.wildfly.security.x500.cert.SubjectAlternativeNamesExtension;
import org.wildfly.security.x500.cert.X509CertificateBuilder;
import org.wildfly.security.x500.cert.X509CertificateExtension;

/** A certificate authority: issues certificates for servers (RFC 5280). Immutable. */
final class CertificateAuthority {
    private static final Duration VALID = Duration.ofDays(365);

    private final X500Principal name;
    private final PrivateKey key;
    private final X509Certificate certificate;

    /** A certificate and its private key. */
    record Identity(X509Certificate certificate, PrivateKey key) {}

    /** The period in which a certificate is valid. */
    record Validity(ZonedDateTime from, ZonedDateTime until) {
        static Validity now() {
            ZonedDateTime yesterday = utc().minusDays(1);
            return new Validity(yesterday, yesterday.plus(VALID));
        }

        static Validity past() {
            return new Validity(utc().minus(VALID), utc().minusDays(1));
        }

        static Validity future() {
            return new Validity(utc().plusDays(1), utc().plus(VALID));
        }

        private static ZonedDateTime utc() {
            return ZonedDateTime.now(ZoneOffset.UTC);
        }
    }

    private CertificateAuthority(X500Principal name, PrivateKey key, X509Certificate certificate) {
        this.name = name;
        this.key = key;
        this.certificate = certificate;
    }

    /** Creates an authority with a self-signed certificate. */
    static CertificateAuthority create(String commonName) throws GeneralSecurityException {
        X500Principal name = new X500Principal("CN=" + commonName);
        KeyPair keys = newKeys();
        X509Certificate certificate = sign(
                name,
                keys.getPrivate(),
                name,
                keys,
                Validity.now(),
                List.of(
                        new BasicConstraintsExtension(true, true, 0),
                        new KeyUsageExtension(true, KeyUsage.keyCertSign, KeyUsage.cRLSign)));
        return new CertificateAuthority(name, keys.getPrivate(), certificate);
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** Issues a server certificate for these names. */
    Identity issue(List<GeneralName> hosts, Validity validity) throws GeneralSecurityException {
        KeyPair keys = newKeys();
        X500Principal subject = new X500Principal("CN=wstck reference server");
        X509Certificate issued = sign(name, key, subject, keys, validity, forServer(hosts));
        return new Identity(issued, keys.getPrivate());
    }

    /** Creates a self-signed server certificate for these names. */
    static Identity selfSigned(List<GeneralName> hosts) throws GeneralSecurityException {
        KeyPair keys = newKeys();
        X500Principal subject = new X500Principal("CN=wstck reference server signed by itself");
        X509Certificate issued = sign(subject, keys.getPrivate(), subject, keys, Validity.now(), forServer(hosts));
        return new Identity(issued, keys.getPrivate());
    }

    private static List<X509CertificateExtension> forServer(List<GeneralName> hosts) {
        List<X509CertificateExtension> extensions = new ArrayList<>();
        extensions.add(new BasicConstraintsExtension(true, false, 0));
        extensions.add(new KeyUsageExtension(true, KeyUsage.digitalSignature));
        extensions.add(new SubjectAlternativeNamesExtension(false, hosts));
        return extensions;
    }

    private static X509Certificate sign(
            X500Principal issuer,
            PrivateKey signer,
            X500Principal subject,
            KeyPair keys,
            Validity validity,
            List<X509CertificateExtension> extensions)
            throws GeneralSecurityException {
        X509CertificateBuilder builder = new X509CertificateBuilder()
                .setSerialNumber(BigInteger.valueOf(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)))
                .setIssuerDn(issuer)
                .setSubjectDn(subject)
                .setNotValidBefore(validity.from())
                .setNotValidAfter(validity.until())
                .setPublicKey(keys.getPublic())
                .setSigningKey(signer)
                .setSignatureAlgorithmName("SHA256withECDSA");
        extensions.forEach(builder::addExtension);
        return builder.build();
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
