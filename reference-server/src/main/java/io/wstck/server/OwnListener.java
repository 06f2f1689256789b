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

/** A port of a session's own: each TCP connection to it is played from its first byte. */
final class OwnListener implements SessionListener {
    private final AcceptingChannel<StreamConnection> channel;
    private final Barriers barriers;
    private final Runnable onClose;

    /** The server's own connections to itself, by their local port, and who waits for each to be accepted. */
    private record Barriers(Map<Integer, CompletableFuture<StreamConnection>> byPort) {
        Barriers() {
            this(new ConcurrentHashMap<>());
        }

        /** Whether the connection was one of them. */
        boolean pass(StreamConnection connection) {
            InetSocketAddress peer = connection.getPeerAddress(InetSocketAddress.class);
            Optional<CompletableFuture<StreamConnection>> waiting =
                    Optional.ofNullable(peer).map(address -> byPort.remove(address.getPort()));
            waiting.ifPresent(accepted -> accepted.complete(connection));
            return waiting.isPresent();
        }
    }

    private OwnListener(AcceptingChannel<StreamConnection> channel, Barriers barriers, Runnable onClose) {
        this.channel = channel;
        this.barriers = barriers;
        this.onClose = onClose;
    }

    /**
     * Binds, and accepts from now on; {@code play} makes each connection's player. When the port is released, {@code onClose} runs.
     *
     * @param bind port 0 takes any free one
     * @throws IOException when there is no port to bind
     */
    static OwnListener open(
            XnioWorker worker,
            InetSocketAddress bind,
            ServerSession session,
            String server,
            Players.Factory play,
            Runnable onClose)
            throws IOException {
        Barriers barriers = new Barriers();
        AcceptingChannel<StreamConnection> channel = worker.createStreamConnectionServer(
                bind,
                accepting -> accept(accepting, barriers, session, server, play),
                OptionMap.create(Options.BACKLOG, 128));
        OwnListener listener = new OwnListener(channel, barriers, onClose);
        session.owns(listener);
        channel.resumeAccepts();
        return listener;
    }

    @Override
    public int port() {
        return channel.getLocalAddress(InetSocketAddress.class).getPort();
    }

    /**
     * The queue of a port is first in, first out: when a connection of the server's own has come through, so have those
     * before it. One that comes through too late is still known as the server's own.
     */
    @Override
    public void awaitAccepted(Deadline limit) throws IOException, InterruptedException {
        InetSocketAddress address = channel.getLocalAddress(InetSocketAddress.class);
        InetAddress host =
                address.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address.getAddress();
        CompletableFuture<StreamConnection> accepted = new CompletableFuture<>();
        try (Socket own = new Socket()) {
            own.bind(new InetSocketAddress(host, 0));
            barriers.byPort().put(own.getLocalPort(), accepted);
            connect(own, new InetSocketAddress(host, address.getPort()), limit);
            var _ = accepted.get(limit.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException late) {
            throw new IOException("port " + address.getPort() + " did not accept in time", late);
        } finally {
            // Now, or whenever it comes.
            var _ = accepted.thenAccept(SharedPort::reset);
        }
        awaitIoThreads(limit);
    }

    private void connect(Socket own, InetSocketAddress port, Deadline limit) throws IOException {
        int localPort = own.getLocalPort();
        // 0 would be no limit at all.
        int millis = Math.clamp(TimeUnit.NANOSECONDS.toMillis(limit.remainingNanos()), 1, Integer.MAX_VALUE);
        try {
            own.connect(port, millis);
        } catch (IOException never) {
            // It will not come, and its local port is free for a client's.
            barriers.byPort().remove(localPort);
            throw never;
        }
    }

    /** Accepted connections are handed to an I/O thread each: what was handed over before is done after this. */
    private void awaitIoThreads(Deadline limit) throws IOException, InterruptedException {
        XnioWorker worker = channel.getWorker();
        CountDownLatch done = new CountDownLatch(worker.getIoThreadCount());
        for (int i = 0; i < worker.getIoThreadCount(); i++) {
            worker.getIoThread(i).execute(done::countDown);
        }
        if (!done.await(limit.remainingNanos(), TimeUnit.NANOSECONDS)) {
            throw new IOException("the I/O threads did not come round in time");
        }
    }

    private static void accept(
            AcceptingChannel<StreamConnection> channel,
            Barriers barriers,
            ServerSession session,
            String server,
            Players.Factory play) {
        Acceptor.acceptAll(
                channel,
                connection -> {
                    if (!barriers.pass(connection)) {
                        play(connection, session.admit(server, Acceptor.peer(connection)), play);
                    }
                },
                refused -> session.trouble("a connection could not be accepted: " + refused.getMessage()));
    }

    private static void play(StreamConnection connection, Optional<Admission> admission, Players.Factory play) {
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
