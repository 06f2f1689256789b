package io.wstck.server;

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

/** An ephemeral port of a session's own: each TCP connection to it is played from its first byte. */
final class OwnListener implements SessionListener {
    private static final int BARRIER_MS = 2_000;

    private final AcceptingChannel<StreamConnection> channel;
    private final Barriers barriers;

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

    private OwnListener(AcceptingChannel<StreamConnection> channel, Barriers barriers) {
        this.channel = channel;
        this.barriers = barriers;
    }

    /**
     * Binds, and accepts from now on; {@code play} makes each connection's player.
     *
     * @throws IOException when there is no port to bind
     */
    static OwnListener open(XnioWorker worker, String bind, ServerSession session, String server, Players.Factory play)
            throws IOException {
        Barriers barriers = new Barriers();
        AcceptingChannel<StreamConnection> channel = worker.createStreamConnectionServer(
                new InetSocketAddress(bind, 0),
                accepting -> accept(accepting, barriers, session, server, play),
                OptionMap.create(Options.BACKLOG, 128));
        OwnListener listener = new OwnListener(channel, barriers);
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
     * before it.
     */
    @Override
    public void awaitAccepted() throws IOException, InterruptedException {
        InetSocketAddress address = channel.getLocalAddress(InetSocketAddress.class);
        InetAddress host =
                address.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address.getAddress();
        CompletableFuture<StreamConnection> accepted = new CompletableFuture<>();
        try (Socket own = new Socket()) {
            own.bind(new InetSocketAddress(host, 0));
            barriers.byPort().put(own.getLocalPort(), accepted);
            try {
                own.connect(new InetSocketAddress(host, address.getPort()), BARRIER_MS);
                SharedPort.reset(accepted.get(BARRIER_MS, TimeUnit.MILLISECONDS));
            } catch (TimeoutException | ExecutionException late) {
                throw new IOException(
                        "port " + address.getPort() + " did not accept within " + BARRIER_MS + " ms", late);
            } finally {
                barriers.byPort().remove(own.getLocalPort());
            }
        }
        awaitIoThreads();
    }

    /** Accepted connections are handed to an I/O thread each: what was handed over before is done after this. */
    private void awaitIoThreads() throws IOException, InterruptedException {
        XnioWorker worker = channel.getWorker();
        CountDownLatch done = new CountDownLatch(worker.getIoThreadCount());
        for (int i = 0; i < worker.getIoThreadCount(); i++) {
            worker.getIoThread(i).execute(done::countDown);
        }
        if (!done.await(BARRIER_MS, TimeUnit.MILLISECONDS)) {
            throw new IOException("the I/O threads did not come round within " + BARRIER_MS + " ms");
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
                        play(connection, session.admit(server), play);
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
        }
    }
}
