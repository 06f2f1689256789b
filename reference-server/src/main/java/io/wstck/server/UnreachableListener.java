package io.wstck.server;

import io.wstck.server.wire.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port whose queue is full of connections of the server's own, so that the system answers no further one: a client's
 * connection is begun and never made. On loopback a connection is made at once or not at all, which is how this is verified.
 */
final class UnreachableListener implements SessionListener {
    private static final int PROBE_MS = 200;

    /** A queue of one takes two on Linux; more than this, and the system has other rules. */
    private static final int MOST_FILLERS = 16;

    private final ServerSocket socket;
    private final List<Socket> fillers = new ArrayList<>();

    /** Whether clients' connections do hang. */
    enum Verified {
        HANGS,
        CONNECTS
    }

    private UnreachableListener(ServerSocket socket) {
        this.socket = socket;
    }

    /**
     * Binds and fills the queue. A system whose queue cannot be filled is a trouble of the session's.
     *
     * @throws IOException when there is no port to bind
     */
    static UnreachableListener open(String bind, ServerSession session) throws IOException {
        ServerSocket socket = new ServerSocket();
        UnreachableListener listener = new UnreachableListener(socket);
        session.owns(listener);
        socket.bind(new InetSocketAddress(bind, 0), 1);
        if (listener.fill() == Verified.CONNECTS) {
            session.trouble("port " + listener.port() + " is not unreachable: " + MOST_FILLERS
                    + " connections were made, where a queue of one was to be full");
        }
        return listener;
    }

    private Verified fill() throws IOException {
        InetSocketAddress address = (InetSocketAddress) socket.getLocalSocketAddress();
        for (int i = 0; i < MOST_FILLERS; i++) {
            Socket filler = new Socket();
            try {
                filler.connect(address, PROBE_MS);
                fillers.add(filler);
            } catch (SocketTimeoutException full) {
                filler.close();
                return Verified.HANGS;
            } catch (IOException refused) {
                filler.close();
                throw refused;
            }
        }
        return Verified.CONNECTS;
    }

    @Override
    public int port() {
        return socket.getLocalPort();
    }

    /** None ever is. */
    @Override
    public void awaitAccepted(Deadline limit) {}

    @Override
    public void close() {
        try {
            for (Socket filler : fillers) {
                filler.close();
            }
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("an unreachable port could not be closed", failure);
        }
    }
}
