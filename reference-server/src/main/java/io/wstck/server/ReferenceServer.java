package io.wstck.server;

import io.undertow.Undertow;
import io.wstck.server.certificate.CertificateKind;
import io.wstck.server.certificate.Certificates;
import io.wstck.server.endpoint.EndpointInfo;
import io.wstck.server.endpoint.Endpoints;
import io.wstck.server.live.LiveFeed;
import io.wstck.server.scenario.SessionSpec;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
    private final Undertow undertow;
    private final Optional<TlsPort> tls;
    private final Sessions sessions;
    private final EndpointPlayers endpoints;
    private final LiveFeed feed;
    private final Certificates certificates;
    private final ServerConfig config;
    private final URI base;

    private ReferenceServer(
            XnioWorker worker,
            Undertow undertow,
            Optional<TlsPort> tls,
            Sessions sessions,
            EndpointPlayers endpoints,
            LiveFeed feed,
            Certificates certificates,
            ServerConfig config,
            URI base) {
        this.worker = worker;
        this.undertow = undertow;
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
        XnioWorker worker = XnioWorkers.start("wstck-server");
        try {
            return start(config, limits, worker);
        } catch (IOException | RuntimeException failure) {
            worker.shutdownNow();
            throw failure;
        }
    }

    private static ReferenceServer start(ServerConfig config, ServerLimits limits, XnioWorker worker)
            throws IOException {
        Certificates certificates = new Certificates(config.name());
        LiveFeed feed = new LiveFeed();
        Sessions sessions = new Sessions(worker, limits, new SessionServers(worker, config, certificates), feed);
        EndpointPlayers endpoints = new EndpointPlayers(limits, feed);
        Routes routes = new Routes(sessions, endpoints, certificates, feed, config.names());
        Undertow undertow = HttpLimits.limited(Undertow.builder())
                .setWorker(worker)
                // Direct buffers are released by means that make the JVM warn on the console.
                .setDirectBuffers(false)
                .addHttpListener(config.port(), config.bind())
                .setHandler(routes)
                .build();
        try {
            undertow.start();
        } catch (RuntimeException failure) {
            if (failure.getCause() instanceof BindException taken) {
                throw new PortInUseException(config.bind(), config.port(), taken);
            }
            throw failure;
        }
        Optional<TlsPort> tls;
        try {
            tls = openTls(config, worker, certificates, routes);
        } catch (IOException | RuntimeException failure) {
            undertow.stop();
            throw failure;
        }
        InetSocketAddress address =
                (InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress();
        URI base = URI.create("http://" + config.host() + ":" + address.getPort());
        sessions.startAt(base);
        return new ReferenceServer(worker, undertow, tls, sessions, endpoints, feed, certificates, config, base);
    }

    private static Optional<TlsPort> openTls(
            ServerConfig config, XnioWorker worker, Certificates certificates, Routes routes) throws IOException {
        if (config.tlsPort().isEmpty()) {
            return Optional.empty();
        }
        SSLContext context = certificates.context(CertificateKind.TRUSTED);
        return Optional.of(TlsPort.open(worker, config.bind(), config.tlsPort().getAsInt(), context, routes));
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
        return sessions.open(spec, 0);
    }

    /** The endpoints that have a URL of their own, for a listing. */
    public static List<EndpointInfo> endpoints() {
        return Endpoints.list();
    }

    /** Ends every session and connection, and releases the ports and the threads. */
    @Override
    public void close() {
        feed.close();
        undertow.stop();
        tls.ifPresent(TlsPort::close);
        sessions.close();
        endpoints.close();
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
