package io.wstck.tck.autobahn.tls;

import io.wstck.tck.autobahn.tls.PemFile.Block;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The certificate and the private key of a TLS server, read from PEM files. Immutable. */
public final class ServerIdentity {
    private static final char[] NO_PASSWORD = {};
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    private final PrivateKey key;
    private final List<Certificate> chain;

    private ServerIdentity(PrivateKey key, List<Certificate> chain) {
        this.key = key;
        this.chain = List.copyOf(chain);
    }

    /**
     * Reads the certificate and its key.
     *
     * @param certFile the PEM file with the server's certificate, followed by those of its issuers
     * @param keyFile the PEM file with the private key, not encrypted: PKCS #8, or the older formats for RSA and
     * elliptic curves
     * @throws UnusableCertificateException if one of them is missing, or if they do not belong together
     */
    public static ServerIdentity read(Path certFile, Path keyFile) throws UnusableCertificateException {
        List<Certificate> chain = certificates(PemFile.read(certFile, "a certificate"));
        PrivateKey key = key(PemFile.read(keyFile, "a private key"));
        requirePair(key, chain.getFirst(), certFile, keyFile);
        return new ServerIdentity(key, chain);
    }

    /** A TLS context that presents the certificate to clients. */
    public SSLContext context() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** The certificates in a file, at least one. */
    static List<Certificate> certificates(PemFile pem) throws UnusableCertificateException {
        List<Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Block block : pem.blocks()) {
                if (block.label().equals("CERTIFICATE")) {
                    chain.add(factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            throw new UnusableCertificateException(
                    "expected a certificate in " + pem.file() + ", found a broken one: " + broken.getMessage(), broken);
        }
        if (chain.isEmpty()) {
            throw new UnusableCertificateException(
                    "expected a block BEGIN CERTIFICATE in " + pem.file() + ", found " + labels(pem));
        }
        return chain;
    }

    private static PrivateKey key(PemFile pem) throws UnusableCertificateException {
        for (Block block : pem.blocks()) {
            if (block.label().equals("ENCRYPTED PRIVATE KEY") || block.body().contains("ENCRYPTED")) {
                throw new UnusableCertificateException(
                        "expected a private key without a password in " + pem.file() + ", found an encrypted one");
            }
            Optional<PrivateKey> key = key(pem.file(), block);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new UnusableCertificateException(
                "expected a block BEGIN PRIVATE KEY in " + pem.file() + ", found " + labels(pem));
    }

    private static Optional<PrivateKey> key(Path file, Block block) throws UnusableCertificateException {
        try {
            return switch (block.label()) {
                case "PRIVATE KEY" -> Optional.of(pkcs8(block.bytes()));
                case "RSA PRIVATE KEY" -> Optional.of(pkcs8(Pkcs8Wrapper.pkcs8OfRsa(block.bytes())));
                case "EC PRIVATE KEY" -> Optional.of(pkcs8(Pkcs8Wrapper.pkcs8OfEc(block.bytes())));
                default -> Optional.empty();
            };
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            throw new UnusableCertificateException(
                    "expected a private key in " + file + ", found a broken one: " + broken.getMessage(), broken);
        }
    }

    private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(der);
        InvalidKeySpecException unknown =
                new InvalidKeySpecException("it is neither an RSA key nor one of an elliptic curve");
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException other) {
                unknown.addSuppressed(other);
            }
        }
        throw unknown;
    }

    /** Checks that the certificate verifies a signature of the key. */
    private static void requirePair(PrivateKey key, Certificate certificate, Path certFile, Path keyFile)
            throws UnusableCertificateException {
        boolean pair;
        try {
            Signature signature = Signature.getInstance(SIGNATURES.get(key.getAlgorithm()));
            signature.initSign(key);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            pair = signature.verify(signed);
        } catch (GeneralSecurityException another) {
            pair = false;
        }
        if (!pair) {
            throw new UnusableCertificateException("expected in " + keyFile + " the private key of the certificate in "
                    + certFile + ", found another");
        }
    }

    private static String labels(PemFile pem) {
        return pem.blocks().isEmpty()
                ? "none"
                : "only "
                        + String.join(
                                ", ", pem.blocks().stream().map(Block::label).toList());
    }
}
