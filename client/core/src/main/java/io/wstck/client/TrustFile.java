package io.wstck.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes a TLS context that trusts only the certificates of a PEM file, in place of those that the JDK trusts. */
public final class TrustFile {
    private TrustFile() {}

    /**
     * {@return a context that trusts the certificates of a file, and certificates issued by them}
     *
     * @param pem one or more X.509 certificates in PEM (RFC 7468 §5); it is read at once, and not again
     * @throws IllegalArgumentException if the file cannot be read, has no certificate, or has anything else
     */
    public static SSLContext context(Path pem) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates(pem)) {
                store.setCertificateEntry("trusted-" + number++, certificate);
            }
            if (number == 0) {
                throw new IllegalArgumentException(
                        "trust file " + pem + ": expected certificates in PEM, got none (RFC 7468 §5)");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    "trust file " + pem + ": expected certificates in PEM, got something else: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("trust file " + pem + ": cannot be read: " + e, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("expected a platform with PKCS12, PKIX and TLS: " + e.getMessage(), e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path pem) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }
}
