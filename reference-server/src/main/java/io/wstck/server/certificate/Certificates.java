package io.wstck.server.certificate;

import io.wstck.server.certificate.Authority.Identity;
import io.wstck.server.certificate.Authority.Validity;
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
 * The certificates of one server, each issued when it is first asked for: EC keys on P-256, for {@code localhost},
 * {@code 127.0.0.1}, {@code ::1}, and the name that clients call this machine by. Any thread.
 */
public final class Certificates {
    private static final List<GeneralName> HERE = List.of(
            new GeneralName.DNSName("localhost"),
            new GeneralName.IPAddress(new byte[] {127, 0, 0, 1}),
            new GeneralName.IPAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
    private static final List<GeneralName> ELSEWHERE = List.of(new GeneralName.DNSName("elsewhere.example"));

    /** How many certificates are kept: sessions can ask for any number of names. */
    private static final int KEPT = 64;

    private final List<GeneralName> here;

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Request, SSLContext> contexts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Request, SSLContext> eldest) {
            return size() > KEPT;
        }
    };

    /** A certificate that was asked for, and the name that it is for in place of this machine's. */
    private record Request(CertificateKind kind, Optional<String> host) {}

    private Optional<Authority> trusted = Optional.empty();

    /**
     * None is issued yet.
     *
     * @param name what clients call this machine, beside the names of loopback
     */
    public Certificates(Optional<String> name) {
        here = Stream.concat(HERE.stream(), name.map(GeneralName.DNSName::new).stream())
                .toList();
    }

    /**
     * What a server needs to present that certificate.
     *
     * @throws IOException when this Java cannot make it
     */
    public SSLContext context(CertificateKind kind) throws IOException {
        return context(kind, Optional.empty());
    }

    /**
     * What a server needs to present that certificate.
     *
     * @param host the name that it is for, in place of those of this machine
     * @throws IOException when this Java cannot make it
     */
    public SSLContext context(CertificateKind kind, Optional<String> host) throws IOException {
        lock.lock();
        try {
            Request request = new Request(kind, host);
            SSLContext known = contexts.get(request);
            if (known != null) {
                return known;
            }
            List<GeneralName> names = host.<List<GeneralName>>map(name -> List.of(new GeneralName.DNSName(name)))
                    .orElse(here);
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
     * The certificate of the authority that clients are to trust, as PEM text.
     *
     * @throws IOException when this Java cannot make it
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

    private Authority trusted() throws GeneralSecurityException {
        if (trusted.isEmpty()) {
            trusted = Optional.of(Authority.create("wstck test authority"));
        }
        return trusted.get();
    }

    private Identity issue(CertificateKind kind, List<GeneralName> names) throws GeneralSecurityException {
        return switch (kind) {
            case TRUSTED -> trusted().issue(names, Validity.now());
            case EXPIRED -> trusted().issue(names, Validity.past());
            case NOT_YET_VALID -> trusted().issue(names, Validity.future());
            case WRONG_HOST -> trusted().issue(ELSEWHERE, Validity.now());
            case SELF_SIGNED -> Authority.selfSigned(names);
            case UNTRUSTED ->
                Authority.create("wstck authority that nobody trusts").issue(names, Validity.now());
        };
    }

    private static SSLContext newContext(Identity identity) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new OneKey(identity)}, null, null);
        return context;
    }
}
