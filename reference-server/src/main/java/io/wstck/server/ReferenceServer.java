package io.wstck.server;

import io.wstck.server.certificate.CertificateKind;
import io.wstck.server.certificate.Certificates;
import io.wstck.server.endpoint.EndpointInfo;
import io.wstck.server.endpoint.Endpoints;
import io.wstck.server.live.LiveFeed;
import io.wstck.server.scenario.SessionSpec;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.xnio.XnioWorker;

/**
 * The reference server: plays scenarios to WebSocket clients and keeps journals of what they did (docs/scenarios.md). Any
 * thread; {@link #close} releases every socket and thread.
 */
public final class ReferenceServer implements AutoCloseable {
    /** Where the server serves what {@link #authorityPem} is. */
    public static final String AUTHORITY_PATH = Endpoints.AUTHORITY;

    private final XnioWorker worker;
    private final HttpThreads threads;
    private final HttpPort http;
    private final Optional<HttpPort> tls;
    private final Sessions sessions;
    private final EndpointPlayers endpoints;
    private final LiveFeed feed;
    private final Certificates certificates;
    private final ServerConfig config;
    private final URI base;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ReferenceServer(
            XnioWorker worker,
            HttpThreads threads,
            HttpPort http,
            Optional<HttpPort> tls,
            Sessions sessions,
            EndpointPlayers endpoints,
            LiveFeed feed,
            Certificates certificates,
            ServerConfig config,
            URI base) {
        this.worker = worker;
        this.threads = threads;
        this.http = http;
        this.tls = tls;
        this.sessions = sessions;
        this.endpoints = endpoints;
        this.feed = feed;
        this.certificates = certificates;
        this.config = config;
        this.base = base;
    }

    /**
     * Starts a server.
     *
     * @throws PortInUseException when the address is taken
     * @throws IOException when the server cannot listen for another reason
     */
    public static ReferenceServer start(ServerConfig config) throws IOException {
        return start(config, ServerLimits.usual());
    }

    /** The same with limits of its own. */
    static ReferenceServer start(ServerConfig config, ServerLimits limits) throws IOException {
        return start(config, limits, HttpThreads.start());
    }

    /** The same with threads of its own, which the server ends. */
    static ReferenceServer start(ServerConfig config, ServerLimits limits, HttpThreads threads) throws IOException {
        XnioWorker worker = XnioWorkers.start("wstck-server");
        try {
            return start(config, limits, threads, worker);
        } catch (IOException | RuntimeException failure) {
            threads.close();
            worker.shutdownNow();
            throw failure;
        }
    }

    private static ReferenceServer start(
            ServerConfig config, ServerLimits limits, HttpThreads threads, XnioWorker worker) throws IOException {
        Certificates certificates = new Certificates(config.name());
        LiveFeed feed = new LiveFeed();
        Sessions sessions = new Sessions(worker, limits, new SessionServers(worker, config, certificates), feed);
        EndpointPlayers endpoints = new EndpointPlayers(limits, feed);
        HttpApi api =
                new HttpApi(sessions, certificates, threads, limits.memory().answers());
        Routes routes = new Routes(sessions, api, endpoints, feed, config.names(), threads.requests());
        HttpPort http = HttpPort.open(worker, config.bind(), config.port(), routes, limits.connections());
        Optional<HttpPort> tls;
        try {
            tls = openTls(config, worker, certificates, routes, limits.connections());
        } catch (IOException | RuntimeException failure) {
            http.stop();
            http.close();
            throw failure;
        }
        URI base = URI.create("http://" + config.host() + ":" + http.port());
        sessions.startAt(base);
        return new ReferenceServer(worker, threads, http, tls, sessions, endpoints, feed, certificates, config, base);
    }

    private static Optional<HttpPort> openTls(
            ServerConfig config, XnioWorker worker, Certificates certificates, Routes routes, int connections)
            throws IOException {
        if (config.tlsPort().isEmpty()) {
            return Optional.empty();
        }
        SSLContext context = certificates.context(CertificateKind.TRUSTED);
        return Optional.of(
                HttpPort.openTls(worker, config.bind(), config.tlsPort().getAsInt(), context, routes, connections));
    }

    /** What it was started with. */
    public ServerConfig config() {
        return config;
    }

    /** The port that it listens on. */
    public int port() {
        return base.getPort();
    }

    /** {@code http://host:port}, without a path. */
    public URI base() {
        return base;
    }

    /** {@code https://localhost:port}, or with the name that clients use, when it serves its endpoints over TLS too. */
    public Optional<URI> tlsBase() {
        return tls.map(port -> URI.create("https://" + config.tlsHost() + ":" + port.port()));
    }

    /**
     * The certificate of the authority that clients are to trust, as PEM text; what {@code /ca.pem} serves.
     *
     * @throws IOException when this Java cannot make it
     */
    public String authorityPem() throws IOException {
        return certificates.authorityPem();
    }

    /**
     * Opens a session; the listeners of its own that it asks for are bound when this returns.
     *
     * @throws IOException when there is no port left for a listener, there are too many sessions, or the server holds as much of
     *     what clients have sent as it can
     */
    public ServerSession open(SessionSpec spec) throws IOException {
        // What this program made itself takes no memory of the clients'.
        return sessions.open(0, () -> spec);
    }

    /** The endpoints that have a URL of their own, for a listing. */
    public static List<EndpointInfo> endpoints() {
        return Endpoints.list();
    }

    /** Ends every session and connection, and releases the ports and the threads. Only the first call counts. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        feed.close();
        List<HttpPort> ports = Stream.concat(Stream.of(http), tls.stream()).toList();
        ports.forEach(HttpPort::stop);
        // No session opens after this.
        threads.close();
        sessions.close();
        endpoints.close();
        ports.forEach(HttpPort::close);
        worker.shutdown();
        try {
            if (!worker.awaitTermination(5, TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
