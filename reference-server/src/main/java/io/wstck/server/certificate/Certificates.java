package io.wstck.server.certificate;

import io.wstck.server.certificate.CertificateAuthority.Identity;
import io.wstck.server.certificate.CertificateAuthority.Validity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.wildfly.security.x500.GeneralName;

/**
 * Issues and caches the certificates of one server. They have EC keys on P-256. They are for {@code localhost},
 * {@code 127.0.0.1}, {@code ::1} and the name that clients use for this machine. Any thread.
 */
public final class Certificates {
    private static final List<GeneralName> LOOPBACK_NAMES = List.of(
            new GeneralName.DNSName("localhost"),
            new GeneralName.IPAddress(new byte[] {127, 0, 0, 1}),
            new GeneralName.IPAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
    private static final List<GeneralName> OTHER_HOST = List.of(new GeneralName.DNSName("elsewhere.example"));

    /** The most certificates that are cached. Sessions can ask for any number of names. */
    private static final int MAX_CACHED = 64;

    private final List<GeneralName> ownNames;

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<CertificateRequest, SSLContext> contexts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CertificateRequest, SSLContext> eldest) {
            return size() > MAX_CACHED;
        }
    };

    /** A requested certificate, and the host name that replaces those of this machine. */
    private record CertificateRequest(CertificateKind kind, Optional<String> host) {}

    private Optional<CertificateAuthority> trusted = Optional.empty();

    /**
     * Creates the cache. Certificates are issued on demand.
     *
     * @param name the name that clients use for this machine, in addition to the loopback names
     */
    public Certificates(Optional<String> name) {
        ownNames = Stream.concat(LOOPBACK_NAMES.stream(), name.map(GeneralName.DNSName::new).stream())
                .toList();
    }

    /**
     * The TLS context of a server that presents this certificate.
     *
     * @throws IOException when this Java runtime cannot create it
     */
    public SSLContext context(CertificateKind kind) throws IOException {
        return context(kind, Optional.empty());
    }

    /**
     * The TLS context of a server that presents this certificate.
     *
     * @param host the host name of the certificate, in place of those of this machine
     * @throws IOException when this Java runtime cannot create it
     */
    public SSLContext context(CertificateKind kind, Optional<String> host) throws IOException {
        lock.lock();
        try {
            CertificateRequest request = new CertificateRequest(kind, host);
            SSLContext known = contexts.get(request);
            if (known != null) {
                return known;
            }
            List<GeneralName> names = host.<List<GeneralName>>map(name -> List.of(new GeneralName.DNSName(name)))
                    .orElse(ownNames);
            SSLContext made = newContext(issue(kind, names));
            contexts.put(request, made);
            return made;
        } catch (GeneralSecurityException impossible) {
            throw new IOException("the certificate " + kind + " could not be issued", impossible);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The certificate of the authority that clients should trust, as PEM text.
     *
     * @throws IOException when this Java runtime cannot create it
     */
    public String authorityPem() throws IOException {
        lock.lock();
        try {
            byte[] der = trusted().certificate().getEncoded();
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
            return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException impossible) {
            throw new IOException("the authority's certificate could not be issued", impossible);
        } finally {
            lock.unlock();
        }
    }

    private CertificateAuthority trusted() throws GeneralSecurityException {
        if (trusted.isEmpty()) {
            trusted = Optional.of(CertificateAuthority.create("wstck test authority"));
        }
        return trusted.get();
    }

    private Identity issue(CertificateKind kind, List<GeneralName> names) throws GeneralSecurityException {
        return switch (kind) {
            case TRUSTED -> trusted().issue(names, Validity.now());
            case EXPIRED -> trusted().issue(names, Validity.past());
            case NOT_YET_VALID -> trusted().issue(names, Validity.future());
            case WRONG_HOST -> trusted().issue(OTHER_HOST, Validity.now());
            case SELF_SIGNED -> CertificateAuthority.selfSigned(names);
            case UNTRUSTED ->
                CertificateAuthority.create("wstck authority that nobody trusts")
                        .issue(names, Validity.now());
        };
    }

    private static SSLContext newContext(Identity identity) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new SingleKeyManager(identity)}, null, null);
        return context;
    }
}
