package io.wstck.server;

import io.wstck.server.wire.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/** A port of one server of a session; the server plays each TCP connection to it from its first byte. */
final class DedicatedPort implements SessionPort {
    private final AcceptingChannel<StreamConnection> channel;
    private final ProbeConnections probes;
    private final Runnable onClose;

    /** The server's connections to itself by local port, each with a future that completes when it is accepted. */
    private record ProbeConnections(Map<Integer, CompletableFuture<StreamConnection>> byPort) {
        ProbeConnections() {
            this(new ConcurrentHashMap<>());
        }

        /** Completes the future of a probe connection. Returns whether {@code connection} was one. */
        boolean completeProbe(StreamConnection connection) {
            InetSocketAddress peer = connection.getPeerAddress(InetSocketAddress.class);
            Optional<CompletableFuture<StreamConnection>> waiting =
                    Optional.ofNullable(peer).map(address -> byPort.remove(address.getPort()));
            waiting.ifPresent(accepted -> accepted.complete(connection));
            return waiting.isPresent();
        }
    }

    private DedicatedPort(AcceptingChannel<StreamConnection> channel, ProbeConnections probes, Runnable onClose) {
        this.channel = channel;
        this.probes = probes;
        this.onClose = onClose;
    }

    /**
     * Binds the port and starts to accept connections. {@code play} creates the player of each. {@code onClose} runs
     * when the port is released.
     *
     * @param bind the address; port 0 chooses a free one
     * @throws IOException when no port can be bound
     */
    static DedicatedPort open(
            XnioWorker worker,
            InetSocketAddress bind,
            ServerSession session,
            String server,
            ActiveConnections.PlayerFactory play,
            Runnable onClose)
            throws IOException {
        ProbeConnections probes = new ProbeConnections();
        AcceptingChannel<StreamConnection> channel = worker.createStreamConnectionServer(
                bind,
                accepting -> accept(accepting, probes, session, server, play),
                OptionMap.create(Options.BACKLOG, 128));
        DedicatedPort listener = new DedicatedPort(channel, probes, onClose);
        session.addPort(listener);
        channel.resumeAccepts();
        return listener;
    }

    @Override
    public int port() {
        return channel.getLocalAddress(InetSocketAddress.class).getPort();
    }

    /**
     * Connects to the port itself. A port accepts connections in order, so all earlier ones are accepted when this one
     * is. A probe that is accepted too late is still recognised.
     */
    @Override
    public void awaitAccepted(Deadline limit) throws IOException, InterruptedException {
        InetSocketAddress address = channel.getLocalAddress(InetSocketAddress.class);
        InetAddress host =
                address.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address.getAddress();
        CompletableFuture<StreamConnection> accepted = new CompletableFuture<>();
        try (Socket own = new Socket()) {
            own.bind(new InetSocketAddress(host, 0));
            probes.byPort().put(own.getLocalPort(), accepted);
            connect(own, new InetSocketAddress(host, address.getPort()), limit);
            var _ = accepted.get(limit.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException late) {
            throw new IOException("port " + address.getPort() + " did not accept in time", late);
        } finally {
            // Resets the probe now, or later when it is accepted.
            var _ = accepted.thenAccept(SharedPort::reset);
        }
        awaitIoThreads(limit);
    }

    private void connect(Socket own, InetSocketAddress port, Deadline limit) throws IOException {
        int localPort = own.getLocalPort();
        // 0 would mean no limit.
        int millis = Math.clamp(TimeUnit.NANOSECONDS.toMillis(limit.remainingNanos()), 1, Integer.MAX_VALUE);
        try {
            own.connect(port, millis);
        } catch (IOException never) {
            // The probe will not come, and a client may get its local port.
            probes.byPort().remove(localPort);
            throw never;
        }
    }

    /**
     * Waits for one task on each I/O thread. Earlier accepted connections are then admitted, because I/O threads run
     * tasks in order.
     */
    private void awaitIoThreads(Deadline limit) throws IOException, InterruptedException {
        XnioWorker worker = channel.getWorker();
        CountDownLatch done = new CountDownLatch(worker.getIoThreadCount());
        for (int i = 0; i < worker.getIoThreadCount(); i++) {
            worker.getIoThread(i).execute(done::countDown);
        }
        if (!done.await(limit.remainingNanos(), TimeUnit.NANOSECONDS)) {
            throw new IOException("the I/O threads did not run their tasks in time");
        }
    }

    private static void accept(
            AcceptingChannel<StreamConnection> channel,
            ProbeConnections probes,
            ServerSession session,
            String server,
            ActiveConnections.PlayerFactory play) {
        AcceptLoop.acceptAll(
                channel,
                connection -> {
                    if (!probes.completeProbe(connection)) {
                        play(connection, session.admit(server, AcceptLoop.peer(connection)), play);
                    }
                },
                refused -> session.serverFailed("a connection could not be accepted: " + refused.getMessage()));
    }

    private static void play(
            StreamConnection connection, Optional<AdmittedConnection> admission, ActiveConnections.PlayerFactory play) {
        if (admission.isEmpty()) {
            SharedPort.reset(connection);
        } else {
            admission.get().log().tcpOpened();
            admission.get().play(connection, play);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("a listener could not be closed", failure);
        } finally {
            onClose.run();
        }
    }
}
