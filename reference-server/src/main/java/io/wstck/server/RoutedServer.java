package io.wstck.server;

import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.journal.JournalEntry.ConnectionId;
import io.wstck.server.journal.JournalRecorder;
import io.wstck.server.scenario.SessionSignals;
import io.wstck.server.wire.XnioWorkers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * A WebSocket server without sessions, which asks a {@link Router} for each request what plays the connection. It
 * listens on one port of one or more addresses. The router gets the request byte for byte as the client sent it. Any
 * thread. {@link #close} releases all sockets and threads.
 */
public final class RoutedServer implements AutoCloseable {
    private static final int BACKLOG = 1_000;
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    /** The most attempts to find a port that is free on all addresses. */
    private static final int PORT_ATTEMPTS = 20;

    private final XnioWorker worker;
    private final List<AcceptingChannel<StreamConnection>> channels = new ArrayList<>();
    private final ActiveConnections connections;
    private final Router router;
    private final Consumer<String> onFailure;
    private final Optional<SSLContext> tls;
    private final ConnectionLog log;

    private RoutedServer(
            XnioWorker worker,
            Router router,
            Consumer<String> onFailure,
            Optional<SSLContext> tls,
            ServerLimits limits) {
        this.worker = worker;
        this.router = router;
        this.onFailure = onFailure;
        this.tls = tls;
        this.connections = new ActiveConnections(
                new SessionSignals(limits.gracePeriods().grace()),
                limits,
                new ConnectionQuota(limits.connections()),
                () -> {});
        this.log = new ConnectionLog(
                new JournalRecorder(
                        JournalRecorder.JournalRetention.NOTHING,
                        limits.memory().journals()),
                new ConnectionId("routed", 0));
    }

    /**
     * Starts a server.
     *
     * @param addresses addresses of this machine, at least one; all get the same port
     * @param port 0 to 65535; 0 chooses one that is free on all addresses
     * @param onFailure receives a sentence about each failure of the server itself; any thread
     * @throws PortInUseException when the port is in use
     * @throws IOException when the server cannot listen for another reason
     */
    public static RoutedServer start(List<InetAddress> addresses, int port, Router router, Consumer<String> onFailure)
            throws IOException {
        return start(addresses, port, router, onFailure, Optional.empty(), ServerLimits.usual());
    }

    /**
     * Starts a server whose connections begin with a TLS handshake. The other parameters are as for {@link #start}.
     *
     * @param tls the context with the server's certificate
     * @throws PortInUseException when the port is in use
     * @throws IOException when the server cannot listen for another reason
     */
    public static RoutedServer startTls(
            List<InetAddress> addresses, int port, SSLContext tls, Router router, Consumer<String> onFailure)
            throws IOException {
        return start(addresses, port, router, onFailure, Optional.of(tls), ServerLimits.usual());
    }

    /** Starts a server with these limits. */
    static RoutedServer start(
            List<InetAddress> addresses, int port, Router router, Consumer<String> onFailure, ServerLimits limits)
            throws IOException {
        return start(addresses, port, router, onFailure, Optional.empty(), limits);
    }

    private static RoutedServer start(
            List<InetAddress> addresses,
            int port,
            Router router,
            Consumer<String> onFailure,
            Optional<SSLContext> tls,
            ServerLimits limits)
            throws IOException {
        XnioWorker worker = XnioWorkers.start("wstck-routed");
        RoutedServer server = new RoutedServer(worker, router, onFailure, tls, limits);
        try {
            server.listen(addresses, port);
            return server;
        } catch (IOException | RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    private void listen(List<InetAddress> addresses, int port) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                int common = port;
                for (InetAddress address : addresses) {
                    bind(address, common);
                    common = port();
                }
                channels.forEach(AcceptingChannel::resumeAccepts);
                return;
            } catch (PortInUseException taken) {
                if (port != 0 || attempt == PORT_ATTEMPTS) {
                    throw taken;
                }
                closeChannels();
            }
        }
    }

    private void bind(InetAddress address, int port) throws IOException {
        try {
            channels.add(worker.createStreamConnectionServer(
                    new InetSocketAddress(address, port),
                    accepting -> AcceptLoop.acceptAll(accepting, this::accept, this::refused),
                    OptionMap.create(Options.BACKLOG, BACKLOG)));
        } catch (BindException taken) {
            throw new PortInUseException(address.getHostAddress(), port, taken);
        }
    }

    private void accept(StreamConnection connection) {
        Optional<AdmittedConnection> admission = connections.admit(AcceptLoop.peer(connection), () -> log);
        if (admission.isEmpty()) {
            SharedPort.reset(connection);
        } else {
            admission
                    .get()
                    .play(
                            connection,
                            (transport, context) -> new RoutedConnection(transport, tls, router, context, onFailure));
        }
    }

    private void refused(IOException failure) {
        // The port is closed because this server closes. That is no failure.
        if (!(failure instanceof ClosedChannelException)) {
            onFailure.accept("a connection could not be accepted: " + failure);
        }
    }

    /** The port of this server. */
    public int port() {
        return channels.getFirst().getLocalAddress(InetSocketAddress.class).getPort();
    }

    /** Stops accepting connections, and waits up to {@code limit} until the active ones have ended. */
    public void drain(Duration limit) throws InterruptedException {
        channels.forEach(AcceptingChannel::suspendAccepts);
        var _ = connections.awaitAllEnded(limit);
    }

    private void closeChannels() {
        for (AcceptingChannel<StreamConnection> channel : channels) {
            try {
                channel.close();
            } catch (IOException failure) {
                throw new UncheckedIOException("a port could not be closed", failure);
            }
        }
        channels.clear();
    }

    /** Stops accepting connections, resets the active ones, and waits until they are gone. */
    @Override
    public void close() {
        closeChannels();
        connections.close();
        try {
            var _ = connections.awaitAllEnded(CLOSE_WAIT);
            worker.shutdown();
            if (!worker.awaitTermination(CLOSE_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
