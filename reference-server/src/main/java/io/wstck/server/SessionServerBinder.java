package io.wstck.server;

import io.wstck.server.certificate.CertificateKind;
import io.wstck.server.certificate.Certificates;
import io.wstck.server.endpoint.Endpoints;
import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.scenario.Behaviour;
import io.wstck.server.scenario.EndpointTarget;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.Scenario.ListenerKind;
import io.wstck.server.scenario.Scenario.TlsMode;
import io.wstck.server.scenario.ScenarioPlayer;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.server.wire.tls.TlsFailedException;
import io.wstck.server.wire.tls.TlsTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.xnio.XnioWorker;

/** Binds the ports of sessions' servers and creates their URLs. Any thread. */
final class SessionServerBinder implements AutoCloseable {
    /** The most ports of all sessions together. */
    static final int MAX_PORTS = 2_000;

    private final XnioWorker worker;
    private final ServerConfig config;
    private final Certificates certificates;
    private final Semaphore ports = new Semaphore(MAX_PORTS);
    private final DefaultPortPool defaultPorts = new DefaultPortPool();

    /** Guards the field below. */
    private final ReentrantLock lock = new ReentrantLock();

    /** One port for all sessions. No connection to it ever opens, so there is no evidence to separate. */
    private Optional<UnreachablePort> unreachable = Optional.empty();

    SessionServerBinder(XnioWorker worker, ServerConfig config, Certificates certificates) {
        this.worker = worker;
        this.config = config;
        this.certificates = certificates;
    }

    /**
     * Binds a port for a server of the session, if it needs one, and returns its URL. Shared servers are at
     * {@code mainPort}.
     *
     * @throws UnknownEndpointException when the specification names an endpoint that does not exist
     * @throws UnavailableListenerException when this machine lacks the address, or this program may not use the port
     * @throws IOException when no port can be bound
     */
    URI bind(ServerSession session, String server, Behaviour behaviour, int mainPort) throws IOException {
        return switch (behaviour) {
            case EndpointTarget target -> {
                Optional<String> problem = Endpoints.problem(target);
                if (problem.isPresent()) {
                    throw new UnknownEndpointException(server, target, problem.get());
                }
                yield shared(session, server, mainPort);
            }
            case Scenario scenario when scenario.listener().isOwn() -> own(session, server, scenario);
            case Scenario scenario
            when scenario.listener() == ListenerKind.UNREACHABLE ->
                url("ws://" + config.host(), unreachablePort(session));
            case Scenario _ -> shared(session, server, mainPort);
        };
    }

    private URI shared(ServerSession session, String server, int mainPort) {
        String path = "/s/" + session.id() + (server.equals(SessionSpec.MAIN) ? "" : "/" + server);
        return URI.create("ws://" + config.host() + ":" + mainPort + path);
    }

    private URI own(ServerSession session, String server, Scenario scenario) throws IOException {
        if (!ports.tryAcquire()) {
            throw new IOException("there are " + MAX_PORTS
                    + " ports of sessions already: close a session, or wait until one has been unused for 10 minutes");
        }
        boolean opened = false;
        try {
            URI url = switch (scenario.listener()) {
                case OWN_IPV6 -> ipv6(session, server, scenario);
                case OWN_DEFAULT_PORT -> defaultPort(session, server, scenario);
                default -> {
                    String host =
                            scenario.host().orElseGet(scenario.tls() == TlsMode.PLAIN ? config::host : config::tlsHost);
                    yield url(scheme(scenario) + host, listen(session, server, scenario, config.bind()));
                }
            };
            opened = true;
            return url;
        } finally {
            if (!opened) {
                ports.release();
            }
        }
    }

    private int listen(ServerSession session, String server, Scenario scenario, String bind) throws IOException {
        return DedicatedPort.open(
                        worker,
                        new InetSocketAddress(bind, 0),
                        session,
                        server,
                        players(session, scenario),
                        ports::release)
                .port();
    }

    private URI ipv6(ServerSession session, String server, Scenario scenario) throws IOException {
        checkLoopback(server);
        try {
            return url(scheme(scenario) + "[::1]", listen(session, server, scenario, "::1"));
        } catch (IOException | UnsupportedAddressTypeException none) {
            throw new UnavailableListenerException(server, "cannot listen on the IPv6 loopback address: " + none, none);
        }
    }

    private URI defaultPort(ServerSession session, String server, Scenario scenario) throws IOException {
        checkLoopback(server);
        ActiveConnections.PlayerFactory play = players(session, scenario);
        String address = defaultPorts.open(server, (bind, onClose) -> {
            var _ = DedicatedPort.open(worker, bind, session, server, play, () -> {
                onClose.run();
                ports.release();
            });
        });
        return URI.create("ws://" + address + "/");
    }

    /** Checks that clients are on this machine. Loopback addresses cannot be reached from elsewhere. */
    private void checkLoopback(String server) throws UnavailableListenerException {
        if (config.allowedHosts() != ServerConfig.AllowedHosts.LOCAL
                || config.name().isPresent()) {
            throw new UnavailableListenerException(
                    server, "the server listens on " + config.bind() + ", and has no loopback address for its clients");
        }
    }

    private static String scheme(Scenario scenario) {
        return scenario.tls() == TlsMode.PLAIN ? "ws://" : "wss://";
    }

    private int unreachablePort(ServerSession session) throws IOException {
        lock.lock();
        try {
            if (unreachable.isEmpty()) {
                unreachable = Optional.of(new UnreachablePort(config.bind()));
            }
            UnreachablePort shared = unreachable.get();
            if (!shared.isUnreachable()) {
                session.serverFailed(
                        "port " + shared.port() + " accepts connections: on this system its queue does not fill up");
            }
            return shared.port();
        } finally {
            lock.unlock();
        }
    }

    private static URI url(String schemeAndHost, int port) {
        return URI.create(schemeAndHost + ":" + port + "/");
    }

    private ActiveConnections.PlayerFactory players(ServerSession session, Scenario scenario) throws IOException {
        Optional<CertificateKind> certificate = certificateOf(scenario.tls());
        if (certificate.isEmpty()) {
            return (tcp, context) -> ScenarioPlayer.fromTcp(tcp, scenario.located(session.urls()), context)::play;
        }
        SSLContext ssl = certificates.context(certificate.get(), scenario.host());
        return (tcp, context) -> {
            TlsTransport tls = new TlsTransport(tcp, ssl.createSSLEngine(), new TlsJournalWriter(context.log()));
            return ScenarioPlayer.fromTcp(tls, scenario.located(session.urls()), context)::play;
        };
    }

    /** Writes TLS events after the handshake to a connection's journal. */
    private record TlsJournalWriter(ConnectionLog log) implements TlsTransport.TlsListener {
        @Override
        public void failed(TlsFailedException failure) {
            log.tlsFailed(failure);
        }

        @Override
        public void closeNotified() {
            log.closeNotify();
        }
    }

    private static Optional<CertificateKind> certificateOf(TlsMode tls) {
        return switch (tls) {
            case PLAIN, NONE -> Optional.empty();
            case TRUSTED -> Optional.of(CertificateKind.TRUSTED);
            case EXPIRED -> Optional.of(CertificateKind.EXPIRED);
            case NOT_YET_VALID -> Optional.of(CertificateKind.NOT_YET_VALID);
            case WRONG_HOST -> Optional.of(CertificateKind.WRONG_HOST);
            case SELF_SIGNED -> Optional.of(CertificateKind.SELF_SIGNED);
            case UNTRUSTED -> Optional.of(CertificateKind.UNTRUSTED);
        };
    }

    /** Releases the unreachable port. The other ports belong to their sessions. */
    @Override
    public void close() {
        lock.lock();
        try {
            unreachable.ifPresent(UnreachablePort::close);
            unreachable = Optional.empty();
        } finally {
            lock.unlock();
        }
    }
}
