package io.wstck.server;

import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.journal.JournalEntry.ConnectionId;
import io.wstck.server.journal.JournalKeeper;
import io.wstck.server.scenario.ScriptSignal;
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
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * A server on one port, of one address or several, that asks a program what to play to each connection: the program is told the
 * request, byte for byte as it came. Any thread; {@link #close} releases every socket and thread.
 */
public final class RoutedServer implements AutoCloseable {
    private static final int BACKLOG = 1_000;
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    /** How often a free port of the first address may turn out to be taken on another. */
    private static final int PORT_ATTEMPTS = 20;

    private final XnioWorker worker;
    private final List<AcceptingChannel<StreamConnection>> channels = new ArrayList<>();
    private final Players players;
    private final Router router;
    private final Consumer<String> trouble;
    private final ConnectionLog log;

    private RoutedServer(XnioWorker worker, Router router, Consumer<String> trouble, ServerLimits limits) {
        this.worker = worker;
        this.router = router;
        this.trouble = trouble;
        this.players = new Players(
                new ScriptSignal(limits.waits().grace()), limits, new AddressShares(limits.connections()), () -> {});
        this.log = new ConnectionLog(
                new JournalKeeper(JournalKeeper.Kept.NOTHING, limits.memory().journals()),
                new ConnectionId("routed", 0));
    }

    /**
     * Starts a server.
     *
     * @param addresses of interfaces of this machine, at least one; all of them get the same port
     * @param port 0 to 65535; 0 takes one that is free on all of them
     * @param trouble told in a sentence what went wrong with the server itself; any thread
     * @throws PortInUseException when the port is taken
     * @throws IOException when the server cannot listen for another reason
     */
    public static RoutedServer start(List<InetAddress> addresses, int port, Router router, Consumer<String> trouble)
            throws IOException {
        return start(addresses, port, router, trouble, ServerLimits.usual());
    }

    /** The same with limits of its own. */
    static RoutedServer start(
            List<InetAddress> addresses, int port, Router router, Consumer<String> trouble, ServerLimits limits)
            throws IOException {
        XnioWorker worker = XnioWorkers.start("wstck-routed");
        RoutedServer server = new RoutedServer(worker, router, trouble, limits);
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
                    accepting -> Acceptor.acceptAll(accepting, this::accept, this::refused),
                    OptionMap.create(Options.BACKLOG, BACKLOG)));
        } catch (BindException taken) {
            throw new PortInUseException(address.getHostAddress(), port, taken);
        }
    }

    private void accept(StreamConnection connection) {
        Optional<Admission> admission = players.admit(Acceptor.peer(connection), () -> log);
        if (admission.isEmpty()) {
            SharedPort.reset(connection);
        } else {
            admission
                    .get()
                    .play(
                            connection,
                            (transport, context) -> new RoutedConnection(transport, router, context, trouble));
        }
    }

    private void refused(IOException failure) {
        // The port is closed: this server is closing, and nothing is wrong with it.
        if (!(failure instanceof ClosedChannelException)) {
            trouble.accept("a connection could not be accepted: " + failure);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return channels.getFirst().getLocalAddress(InetSocketAddress.class).getPort();
    }

    /** Takes no more connections, and waits until those that play have ended, at most {@code limit}. */
    public void drain(Duration limit) throws InterruptedException {
        channels.forEach(AcceptingChannel::suspendAccepts);
        var _ = players.awaitNone(limit);
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

    /** Takes no more connections, resets those that play, and waits until they are gone. */
    @Override
    public void close() {
        closeChannels();
        players.close();
        try {
            var _ = players.awaitNone(CLOSE_WAIT);
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
