package io.wstck.tck.prove.kept;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** What a client that speaks TLS overlooks. The host of a certificate is none of it: the JDK looks at that by itself. */
enum Lenience {
    ABOUT_DATES,
    ABOUT_ISSUERS,
    ABOUT_EVERYTHING;

    private static final Set<BasicReason> DATES = Set.of(BasicReason.EXPIRED, BasicReason.NOT_YET_VALID);

    /**
     * A context that trusts an authority, and overlooks this.
     *
     * @param trusted a PEM file with its certificate; the JDK's authorities when there is none
     */
    SSLContext context(Optional<Path> trusted) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted.isEmpty() ? null : store(trusted.get()));
            X509TrustManager strict = (X509TrustManager) factory.getTrustManagers()[0];
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Manager(strict)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("expected a platform with PKIX and TLS: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the certificate of the kit's authority", e);
        }
    }

    private static KeyStore store(Path pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("trusted-" + store.size(), certificate);
            }
        }
        return store;
    }

    /** Whether a certificate that is refused is accepted all the same. */
    private boolean overlooks(CertificateException refusal, X509Certificate[] chain) {
        return switch (this) {
            case ABOUT_DATES -> isAboutDates(refusal);
            case ABOUT_ISSUERS -> isValidNow(chain[0]);
            case ABOUT_EVERYTHING -> true;
        };
    }

    private static boolean isAboutDates(Throwable refusal) {
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException invalid
                    && invalid.getReason() instanceof BasicReason reason
                    && DATES.contains(reason)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isValidNow(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    /** Not an extended one, whose host checks the JDK would leave to it. */
    private final class Manager implements X509TrustManager {
        private final X509TrustManager strict;

        Manager(X509TrustManager strict) {
            this.strict = strict;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authentication) throws CertificateException {
            try {
                strict.checkServerTrusted(chain, authentication);
            } catch (CertificateException e) {
                if (!overlooks(e, chain)) {
                    throw e;
                }
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authentication) throws CertificateException {
            throw new CertificateException("expected a client's use, got a server's");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return strict.getAcceptedIssuers();
        }
    }
}
