package io.wstck.tck.autobahn.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The certificates of servers that are accepted. Immutable.
 *
 * @param name whether a certificate must be one of the server's name
 */
public record ServerTrust(SSLContext context, CertificateName name) {
    /** Tells whether the name in a certificate counts. */
    public enum CertificateName {
        CHECKED,
        IGNORED
    }

    /** Trusts what this system trusts. */
    public static ServerTrust ofSystem() {
        try {
            return new ServerTrust(SSLContext.getDefault(), CertificateName.CHECKED);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("TLS is required of every Java platform", impossible);
        }
    }

    /**
     * Trusts the certificates in {@code file} and what they have issued, and nothing else.
     *
     * @throws UnusableCertificateException if the file has no certificate, or a broken one
     */
    public static ServerTrust of(Path file) throws UnusableCertificateException {
        List<Certificate> certificates = ServerIdentity.certificates(PemFile.read(file, "a certificate"));
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("trusted" + i, certificates.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return new ServerTrust(context(factory.getTrustManagers()), CertificateName.CHECKED);
        } catch (GeneralSecurityException | IOException unusable) {
            throw new UnusableCertificateException(
                    "expected certificates that can be trusted in " + file + ", but found others: "
                            + unusable.getMessage(),
                    unusable);
        }
    }

    /** Trusts every certificate. TLS then proves nothing about the server. */
    public static ServerTrust ofAnyCertificate() {
        try {
            return new ServerTrust(context(new TrustManager[] {new AcceptingTrustManager()}), CertificateName.IGNORED);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("TLS is required of every Java platform", impossible);
        }
    }

    private static SSLContext context(TrustManager[] managers) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers, null);
        return context;
    }

    /** Accepts every certificate. */
    private static final class AcceptingTrustManager extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
