package io.wstck.server;

import io.wstck.server.certificate.CertificateKind;
import io.wstck.server.certificate.Certificates;
import io.wstck.server.endpoint.EndpointInfo;
import io.wstck.server.endpoint.Endpoints;
import io.wstck.server.live.LiveFeed;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.server.wire.XnioWorkers;
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
 * The reference server: plays scenarios to WebSocket clients, and records their behaviour in journals
 * (docs/scenarios.md). Any thread. {@link #close} releases all sockets and threads.
 */
public final class ReferenceServer implements AutoCloseable {
    /** The path at which the server serves {@link #authorityPem}. */
    public static final String AUTHORITY_PATH = Endpoints.AUTHORITY;

    private final XnioWorker worker;
    private final HttpThreads threads;
    private final HttpPort http;
    private final Optional<HttpPort> tls;
    private final Sessions sessions;
    private final EndpointHandler endpoints;
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
            EndpointHandler endpoints,
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
     * @throws PortInUseException when the port is in use
     * @throws IOException when the server cannot listen for another reason
     */
    public static ReferenceServer start(ServerConfig config) throws IOException {
        return start(config, ServerLimits.usual());
    }

    /** Starts a server with these limits. */
    static ReferenceServer start(ServerConfig config, ServerLimits limits) throws IOException {
        return start(config, limits, HttpThreads.start());
    }

    /** Starts a server with these threads. The server ends them. */
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
        Sessions sessions = new Sessions(worker, limits, new SessionServerBinder(worker, config, certificates), feed);
        EndpointHandler endpoints = new EndpointHandler(limits, feed);
        HttpApi api =
                new HttpApi(sessions, certificates, threads, limits.memory().answers());
        Routes routes = new Routes(sessions, api, endpoints, feed, config.allowedHosts(), threads.requests());
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
        sessions.start(base);
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

    /** The configuration of this server. */
    public ServerConfig config() {
        return config;
    }

    /** The port of this server. */
    public int port() {
        return base.getPort();
    }

    /** {@code http://host:port}, without a path. */
    public URI base() {
        return base;
    }

    /**
     * {@code https://localhost:port}, or with the name that clients use. Absent unless the server serves its endpoints
     * over TLS too.
     */
    public Optional<URI> tlsBase() {
        return tls.map(port -> URI.create("https://" + config.tlsHost() + ":" + port.port()));
    }

    /**
     * The certificate of the authority that clients should trust, as PEM text. {@code /ca.pem} serves it.
     *
     * @throws IOException when this Java runtime cannot create it
     */
    public String authorityPem() throws IOException {
        return certificates.authorityPem();
    }

    /**
     * Opens a session. Its listeners are bound when this method returns.
     *
     * @throws IOException when no port is left for a listener, there are too many sessions, or the memory budget is
     * used up
     */
    public ServerSession open(SessionSpec spec) throws IOException {
        // The specification comes from this program, so it does not count against the memory for client data.
        return sessions.open(0, () -> spec);
    }

    /** The URLs of a server, for listings. */
    public static List<EndpointInfo> endpoints() {
        return Endpoints.list();
    }

    /** Ends all sessions and connections, and releases ports and threads. Only the first call counts. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        feed.close();
        List<HttpPort> ports = Stream.concat(Stream.of(http), tls.stream()).toList();
        ports.forEach(HttpPort::stop);
        // No session can be opened after this.
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
