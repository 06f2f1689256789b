package io.wstck.tck.prove.faults;

import io.wstck.tck.implementation.calls.PemTrust;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The checks of a server's certificate that a faulty TLS client leaves out. The host name check is not among them,
 * because the JDK does it elsewhere.
 */
enum TlsLenience {
    ABOUT_DATES,
    ABOUT_ISSUERS,
    ABOUT_EVERYTHING;

    private static final Set<BasicReason> DATES = Set.of(BasicReason.EXPIRED, BasicReason.NOT_YET_VALID);

    /**
     * A context that trusts an authority and leaves out this check.
     *
     * @param trusted a PEM file with the authority's certificate; empty for the JDK's authorities
     */
    SSLContext context(Optional<Path> trusted) {
        try {
            X509TrustManager strict = trusted.isPresent() ? PemTrust.manager(trusted.get()) : ofTheJdk();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new LenientTrustManager(strict)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("expected a platform with PKIX and TLS: " + e.getMessage(), e);
        }
    }

    private static X509TrustManager ofTheJdk() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    /** Whether to accept a certificate that the JDK refuses. */
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

    /** Not an X509ExtendedTrustManager, because the JDK would leave the host name check to it. */
    private final class LenientTrustManager implements X509TrustManager {
        private final X509TrustManager strict;

        LenientTrustManager(X509TrustManager strict) {
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
