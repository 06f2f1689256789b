package io.wstck.server.certificate;

import io.wstck.server.certificate.Authority.Identity;
import io.wstck.server.certificate.Authority.Validity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.EnumMap;
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

    private final List<GeneralName> here;

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<CertificateKind, SSLContext> contexts = new EnumMap<>(CertificateKind.class);
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
        lock.lock();
        try {
            SSLContext known = contexts.get(kind);
            if (known != null) {
                return known;
            }
            SSLContext made = newContext(issue(kind));
            contexts.put(kind, made);
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

    private Identity issue(CertificateKind kind) throws GeneralSecurityException {
        return switch (kind) {
            case TRUSTED -> trusted().issue(here, Validity.now());
            case EXPIRED -> trusted().issue(here, Validity.past());
            case NOT_YET_VALID -> trusted().issue(here, Validity.future());
            case WRONG_HOST -> trusted().issue(ELSEWHERE, Validity.now());
            case SELF_SIGNED -> Authority.selfSigned(here);
            case UNTRUSTED ->
                Authority.create("wstck authority that nobody trusts").issue(here, Validity.now());
        };
    }

    private static SSLContext newContext(Identity identity) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new OneKey(identity)}, null, null);
        return context;
    }
}
