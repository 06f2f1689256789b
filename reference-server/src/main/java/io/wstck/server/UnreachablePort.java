package io.wstck.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port whose queue is full of the server's own connections, so that a client's connection never opens. On loopback a
 * connection opens at once or never, so the constructor can verify this.
 */
final class UnreachablePort implements AutoCloseable {
    private static final int PROBE_MS = 200;

    /**
     * The most connections to fill the queue. On Linux a queue of one accepts two. A system that accepts more than this
     * works differently.
     */
    private static final int MAX_FILLERS = 16;

    private final ServerSocket socket = new ServerSocket();
    private final List<Socket> fillers = new ArrayList<>();
    private boolean full;

    /**
     * Binds the port and fills its queue, which takes about 0.2 s.
     *
     * @throws IOException when no port can be bound
     */
    UnreachablePort(String bind) throws IOException {
        try {
            socket.bind(new InetSocketAddress(bind, 0), 1);
            fill();
        } catch (IOException failure) {
            close();
            throw failure;
        }
    }

    private void fill() throws IOException {
        InetSocketAddress address = (InetSocketAddress) socket.getLocalSocketAddress();
        while (!full && fillers.size() < MAX_FILLERS) {
            Socket filler = new Socket();
            try {
                filler.connect(address, PROBE_MS);
                fillers.add(filler);
            } catch (SocketTimeoutException expected) {
                filler.close();
                full = true;
            } catch (IOException refused) {
                filler.close();
                throw refused;
            }
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Whether the queue is full, so that clients' connections do not open. On some systems no queue fills up. */
    boolean isUnreachable() {
        return full;
    }

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
