package io.wstck.tck.prove.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Relays one connection of a client to the server and back, through its tampering. Two threads read. {@link #close}
 * ends both connections.
 */
final class RelayedConnection implements RelayOutput, AutoCloseable {
    private static final int CHUNK = 64 << 10;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    private final Socket client;
    /** Replaced by the thread that reads from it when the tampering follows a redirect. */
    private volatile Socket server = new Socket();

    private final InetSocketAddress address;
    private final Tampering tampering;
    private final Thread reader;

    /** Guards writes to the client, so that each frame is written whole. */
    private final ReentrantLock clientLock = new ReentrantLock();

    /** Guards writes to the server. */
    private final ReentrantLock serverLock = new ReentrantLock();

    RelayedConnection(Socket client, InetSocketAddress address, Tampering tampering) {
        this.client = client;
        this.address = address;
        this.tampering = tampering;
        reader = Thread.ofVirtual().name("relay-from-client").unstarted(this::relay);
    }

    void start() {
        reader.start();
    }

    private void relay() {
        try {
            server.connect(address, CONNECT_TIMEOUT_MILLIS);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
        } catch (IOException refused) {
            reset();
            tampering.close();
            return;
        }
        Thread other = Thread.ofVirtual().name("relay-from-server").start(this::pumpServers);
        pump(client, fromClient());
        try {
            other.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        release();
        tampering.close();
    }

    /** Reads from the server, and from each server that a followed redirect leads to. */
    private void pumpServers() {
        Socket from;
        do {
            from = server;
            pump(from, fromServer());
        } while (!from.equals(server));
    }

    private void follow(FollowedRedirect detour) throws IOException {
        Socket next = new Socket();
        try {
            next.connect(detour.address(), CONNECT_TIMEOUT_MILLIS);
            next.setTcpNoDelay(true);
            write(next, serverLock, detour.request().bytes());
        } catch (IOException refused) {
            close(next);
            throw refused;
        }
        Socket previous = server;
        server = next;
        // Ends the read of the old connection. The client sees no end.
        close(previous);
    }

    /** One direction: its decoder output and the end of its sender. */
    private interface RelayDirection extends RelayDecoder.DecoderOutput {
        void ended(TcpEnding how) throws IOException;
    }

    private void pump(Socket from, RelayDirection direction) {
        RelayDecoder inflow = new RelayDecoder(direction);
        try {
            Optional<TcpEnding> how = readAll(from, inflow);
            if (how.isPresent()) {
                inflow.end();
                direction.ended(how.get());
            }
        } catch (IOException writeFailed) {
            // The receiver is gone. TCP would tell the sender with a reset.
            reset();
        } catch (RuntimeException defect) {
            reset();
            throw defect;
        }
    }

    /** How the peer ended. Empty if this side closed the socket: then the other direction must not be reset. */
    private static Optional<TcpEnding> readAll(Socket from, RelayDecoder inflow) throws IOException {
        byte[] chunk = new byte[CHUNK];
        while (true) {
            int count;
            try {
                InputStream in = from.getInputStream();
                count = in.read(chunk);
            } catch (IOException ended) {
                return from.isClosed() ? Optional.empty() : Optional.of(TcpEnding.RST);
            }
            if (count < 0) {
                return Optional.of(TcpEnding.FIN);
            }
            inflow.feed(chunk, count);
        }
    }

    private RelayDirection fromClient() {
        return new RelayDirection() {
            @Override
            public void dataArrived() {
                // Tamperings do not need it.
            }

            @Override
            public RelayDecoder.DecoderStage head(HttpHead head) throws IOException {
                write(server, serverLock, tampering.request(head).bytes());
                tampering.requestSent(RelayedConnection.this);
                return RelayDecoder.DecoderStage.FRAMES;
            }

            @Override
            public void frames(List<RelayedFrame> frames) throws IOException {
                for (RelayedFrame frame : frames) {
                    tampering.fromClient(frame, RelayedConnection.this);
                }
            }

            @Override
            public void bytes(byte[] bytes) throws IOException {
                write(server, serverLock, bytes);
            }

            @Override
            public void partialFrame(byte[] partial) throws IOException {
                write(server, serverLock, partial);
            }

            @Override
            public void ended(TcpEnding how) throws IOException {
                tampering.endedByClient(how, RelayedConnection.this);
            }
        };
    }

    private RelayDirection fromServer() {
        return new RelayDirection() {
            @Override
            public void dataArrived() throws IOException {
                tampering.serverDataArrived(RelayedConnection.this);
            }

            @Override
            public RelayDecoder.DecoderStage head(HttpHead head) throws IOException {
                HttpHead answer = tampering.response(head);
                Optional<FollowedRedirect> detour = tampering.redirectToFollow(answer);
                if (detour.isPresent()) {
                    follow(detour.get());
                    return RelayDecoder.DecoderStage.BYTES;
                }
                bytesToClient(answer.bytes());
                if (answer.startLine().startsWith("HTTP/1.1 101")) {
                    return RelayDecoder.DecoderStage.FRAMES;
                }
                return answer.isInterim() ? RelayDecoder.DecoderStage.HEAD : RelayDecoder.DecoderStage.BYTES;
            }

            @Override
            public void frames(List<RelayedFrame> frames) throws IOException {
                tampering.fromServer(frames, RelayedConnection.this);
            }

            @Override
            public void bytes(byte[] bytes) throws IOException {
                tampering.bytesFromServer(bytes, RelayedConnection.this);
            }

            @Override
            public void partialFrame(byte[] partial) throws IOException {
                tampering.partialFrameFromServer(partial, RelayedConnection.this);
            }

            @Override
            public void ended(TcpEnding how) throws IOException {
                tampering.endedByServer(how, RelayedConnection.this);
            }
        };
    }

    @Override
    public void toClient(RelayedFrame frame) throws IOException {
        bytesToClient(frame.bytes());
    }

    @Override
    public void toServer(RelayedFrame frame) throws IOException {
        write(server, serverLock, frame.bytes());
    }

    @Override
    public void bytesToClient(byte[] bytes) throws IOException {
        write(client, clientLock, bytes);
    }

    @Override
    public void bytesToServer(byte[] bytes) throws IOException {
        write(server, serverLock, bytes);
    }

    @Override
    public void endToClient(TcpEnding how) throws IOException {
        end(client, how);
    }

    @Override
    public void endToServer(TcpEnding how) throws IOException {
        end(server, how);
    }

    private static void write(Socket to, ReentrantLock lock, byte[] bytes) throws IOException {
        lock.lock();
        try {
            to.getOutputStream().write(bytes);
        } finally {
            lock.unlock();
        }
    }

    private void end(Socket to, TcpEnding how) throws IOException {
        switch (how) {
            case FIN -> {
                if (!to.isClosed() && !to.isOutputShutdown()) {
                    to.shutdownOutput();
                }
            }
            case RST -> reset();
        }
    }

    /** Ends both connections with RST. */
    private void reset() {
        abort(client);
        abort(server);
    }

    private static void abort(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException gone) {
            // Another thread closed the socket after the check, so there is nothing to reset.
            return;
        }
        close(socket);
    }

    private void release() {
        close(client);
        close(server);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a relayed socket could not be closed", e);
        }
    }

    /** Closes both sockets and waits for the threads. */
    @Override
    public void close() {
        release();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
