package io.wstck.tck.autobahn.servers;

import io.wstck.server.dial.DialException;
import io.wstck.server.dial.DialTarget;
import io.wstck.server.dial.Dialer;
import io.wstck.server.dial.OpeningHandshake;
import io.wstck.server.dial.OpeningResult;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.deflate.DeflateDemand;
import io.wstck.server.wire.handshake.OpeningRequest;
import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.CasePlayer;
import io.wstck.tck.autobahn.probe.ServerAccess;
import io.wstck.tck.autobahn.spec.ServerUrl;
import io.wstck.tck.autobahn.spec.TestedServer;
import io.wstck.tck.autobahn.spec.WebSocketScheme;
import io.wstck.tck.autobahn.tls.ServerTrust;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Opens a connection to one server for each case. Any thread. */
final class CaseDialer implements ServerAccess {
    private final Dialer dialer;
    private final TestedServer server;
    private final DialTarget target;

    CaseDialer(Dialer dialer, TestedServer server, ServerTrust trust) {
        this.dialer = dialer;
        this.server = server;
        ServerUrl url = server.url();
        DialTarget.NameCheck check = trust.name() == ServerTrust.CertificateName.CHECKED
                ? DialTarget.NameCheck.REQUIRED
                : DialTarget.NameCheck.OMITTED;
        this.target = new DialTarget(
                url.host(),
                url.port(),
                url.scheme() == WebSocketScheme.WSS
                        ? Optional.of(new DialTarget.TlsSettings(
                                trust.context(), server.hostname().orElse(url.host()), check))
                        : Optional.empty());
    }

    /**
     * A connection after its opening handshake.
     *
     * @param transport the connection, also one that is not open
     */
    record DialedConnection(Transport transport, OpeningRequest request, OpeningResult opening, Instant started) {
        Duration elapsed() {
            return Duration.between(started, Instant.now());
        }
    }

    /**
     * Opens a connection for the case. The caller owns it.
     *
     * @throws DialException when there is no connection in time
     */
    DialedConnection dial(AutobahnCase testCase) throws DialException, InterruptedException {
        return dial(request(testCase), CasePlayer.demands(testCase));
    }

    /**
     * Opens a connection without extensions. The caller owns it.
     *
     * @throws DialException when there is no connection in time
     */
    DialedConnection dial() throws DialException, InterruptedException {
        return dial(request(), List.of());
    }

    private DialedConnection dial(OpeningRequest request, List<DeflateDemand> demands)
            throws DialException, InterruptedException {
        Instant started = Instant.now();
        Deadline deadline = Deadline.in(OPENING_LIMIT);
        Transport transport = connect(deadline);
        boolean played = false;
        try {
            OpeningResult opening = new OpeningHandshake(transport, request, demands, deadline).play();
            played = true;
            return new DialedConnection(transport, request, opening, started);
        } finally {
            if (!played) {
                transport.abort();
            }
        }
    }

    /** The request for the case, with a new key. */
    OpeningRequest request(AutobahnCase testCase) {
        return request(CasePlayer.offer(testCase));
    }

    private OpeningRequest request(Optional<Header> extensions) {
        return OpeningRequest.of(
                server.url().hostHeader(), server.url().target(), server.origin(), server.protocols(), extensions);
    }

    @Override
    public Transport connect(Deadline deadline) throws DialException, InterruptedException {
        return dialer.dial(target, deadline);
    }

    @Override
    public OpeningRequest request() {
        return request(Optional.empty());
    }

    @Override
    public String base() {
        return (server.url().scheme() == WebSocketScheme.WSS ? "https://" : "http://")
                + server.url().hostHeader();
    }
}
