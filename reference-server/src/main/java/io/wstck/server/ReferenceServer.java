package io.wstck.server;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.wstck.server.certificate.CertificateKind;
import io.wstck.server.certificate.Certificates;
import io.wstck.server.endpoint.EndpointInfo;
import io.wstck.server.endpoint.Endpoints;
import io.wstck.server.scenario.SessionSpec;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/**
 * The reference server: plays scenarios to WebSocket clients and keeps journals of what they did (docs/scenarios.md). Any
 * thread; {@link #close} releases every socket and thread.
 */
public final class ReferenceServer implements AutoCloseable {
    private static final int PARSE_TIMEOUT_MS = 10_000;
    private static final int NO_REQUEST_TIMEOUT_MS = 60_000;
    private static final int MAX_HEADER_BYTES = 64 << 10;

    private final XnioWorker worker;
    private final Undertow undertow;
    private final Sessions sessions;
    private final EndpointPlayers endpoints;
    private final Certificates certificates;
    private final Bases bases;

    /** Where it listens. */
    private record Bases(URI plain, Optional<URI> tls) {}

    private ReferenceServer(
            XnioWorker worker,
            Undertow undertow,
            Sessions sessions,
            EndpointPlayers endpoints,
            Certificates certificates,
            Bases bases) {
        this.worker = worker;
        this.undertow = undertow;
        this.sessions = sessions;
        this.endpoints = endpoints;
        this.certificates = certificates;
        this.bases = bases;
    }

    /**
     * Starts a server.
     *
     * @throws PortInUseException when the address is taken
     * @throws IOException when the server cannot listen for another reason
     */
    public static ReferenceServer start(ServerConfig config) throws IOException {
        Quiet.silenceServerLogs();
        XnioWorker worker = Xnio.getInstance(ReferenceServer.class.getClassLoader())
                .createWorker(OptionMap.builder()
                        .set(Options.WORKER_NAME, "wstck-server")
                        .set(Options.WORKER_IO_THREADS, 2)
                        .set(Options.WORKER_TASK_CORE_THREADS, 1)
                        .set(Options.WORKER_TASK_MAX_THREADS, 2)
                        .getMap());
        try {
            return start(config, worker);
        } catch (IOException | RuntimeException failure) {
            worker.shutdownNow();
            throw failure;
        }
    }

    private static ReferenceServer start(ServerConfig config, XnioWorker worker) throws IOException {
        Certificates certificates = new Certificates();
        Sessions sessions = new Sessions(worker, new SessionServers(worker, config, certificates));
        EndpointPlayers endpoints = new EndpointPlayers();
        Undertow undertow = listening(config, worker, certificates)
                .setHandler(new Routes(sessions, endpoints, certificates))
                .build();
        try {
            undertow.start();
        } catch (RuntimeException failure) {
            if (failure.getCause() instanceof BindException taken) {
                throw new PortInUseException(config, taken);
            }
            throw failure;
        }
        List<Undertow.ListenerInfo> listeners = undertow.getListenerInfo();
        URI plain = URI.create("http://" + config.host() + ":" + port(listeners.getFirst()));
        Optional<URI> tls = config.tlsPort().isPresent()
                ? Optional.of(URI.create("https://localhost:" + port(listeners.getLast())))
                : Optional.empty();
        sessions.startAt(plain);
        return new ReferenceServer(worker, undertow, sessions, endpoints, certificates, new Bases(plain, tls));
    }

    private static int port(Undertow.ListenerInfo listener) {
        return ((InetSocketAddress) listener.getAddress()).getPort();
    }

    private static Undertow.Builder listening(ServerConfig config, XnioWorker worker, Certificates certificates)
            throws IOException {
        Undertow.Builder builder = Undertow.builder()
                .setWorker(worker)
                // Direct buffers are released by means that make the JVM warn on the console.
                .setDirectBuffers(false)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, PARSE_TIMEOUT_MS)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, NO_REQUEST_TIMEOUT_MS)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, (long) HttpApi.MAX_BODY)
                .setServerOption(UndertowOptions.ALWAYS_SET_DATE, false)
                .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .addHttpListener(config.port(), config.bind());
        if (config.tlsPort().isPresent()) {
            SSLContext context = certificates.context(CertificateKind.TRUSTED);
            builder.addHttpsListener(config.tlsPort().getAsInt(), config.bind(), context);
        }
        return builder;
    }

    /** The port that it listens on. */
    public int port() {
        return bases.plain().getPort();
    }

    /** {@code http://host:port}, without a path. */
    public URI base() {
        return bases.plain();
    }

    /** {@code https://localhost:port}, when it serves its endpoints over TLS too. */
    public Optional<URI> tlsBase() {
        return bases.tls();
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
     * @throws IOException when there is no port left for a listener, or there are too many sessions
     */
    public ServerSession open(SessionSpec spec) throws IOException {
        return sessions.open(spec);
    }

    /** The endpoints that have a URL of their own, for a listing. */
    public static List<EndpointInfo> endpoints() {
        return Endpoints.list();
    }

    /** Ends every session and connection, and releases the port and the threads. */
    @Override
    public void close() {
        undertow.stop();
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
