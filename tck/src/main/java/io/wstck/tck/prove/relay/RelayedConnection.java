package io.wstck.tck.prove.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** One connection of a client, and the one to the server that belongs to it. Two threads read; {@link #close} ends both. */
final class RelayedConnection implements Wire, AutoCloseable {
    private static final int CHUNK = 64 << 10;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    private final Socket client;
    /** Replaced, by the thread that reads from it, when the tampering makes a detour. */
    private volatile Socket server = new Socket();

    private final InetSocketAddress address;
    private final Tampering tampering;
    private final Thread reader;

    /** Guards what is written to the client: a frame goes out whole. */
    private final ReentrantLock clientLock = new ReentrantLock();

    /** Guards what is written to the server. */
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

    /** From the server, and from each one that a detour leads to. */
    private void pumpServers() {
        Socket from;
        do {
            from = server;
            pump(from, fromServer());
        } while (!from.equals(server));
    }

    private void follow(Detour detour) throws IOException {
        Socket next = new Socket();
        try {
            next.connect(detour.address(), CONNECT_TIMEOUT_MILLIS);
            next.setTcpNoDelay(true);
            write(next, serverLock, detour.request().bytes());
        } catch (IOException refused) {
            close(next);
            throw refused;
        }
        Socket left = server;
        server = next;
        // Ends the reading of it without an end for the client.
        close(left);
    }

    /** One direction: what is read, and what follows its end. */
    private interface Direction extends Inflow.Target {
        void ended(End how) throws IOException;
    }

    private void pump(Socket from, Direction direction) {
        Inflow inflow = new Inflow(direction);
        try {
            Optional<End> how = readAll(from, inflow);
            if (how.isPresent()) {
                inflow.end();
                direction.ended(how.get());
            }
        } catch (IOException writeFailed) {
            // Whoever should have had it is gone, and TCP would tell the sender so.
            reset();
        } catch (RuntimeException defect) {
            reset();
            throw defect;
        }
    }

    /** How the peer ended; empty when this side closed the socket, and with it the other one, which an end must not reset then. */
    private static Optional<End> readAll(Socket from, Inflow inflow) throws IOException {
        byte[] chunk = new byte[CHUNK];
        while (true) {
            int count;
            try {
                InputStream in = from.getInputStream();
                count = in.read(chunk);
            } catch (IOException ended) {
                return from.isClosed() ? Optional.empty() : Optional.of(End.RST);
            }
            if (count < 0) {
                return Optional.of(End.FIN);
            }
            inflow.feed(chunk, count);
        }
    }

    private Direction fromClient() {
        return new Direction() {
            @Override
            public void heard() {
                // Nobody asks.
            }

            @Override
            public Inflow.Stage head(Head head) throws IOException {
                write(server, serverLock, tampering.request(head).bytes());
                tampering.requested(RelayedConnection.this);
                return Inflow.Stage.FRAMES;
            }

            @Override
            public void frames(List<Frame> frames) throws IOException {
                for (Frame frame : frames) {
                    tampering.fromClient(frame, RelayedConnection.this);
                }
            }

            @Override
            public void bytes(byte[] bytes) throws IOException {
                write(server, serverLock, bytes);
            }

            @Override
            public void cut(byte[] partial) throws IOException {
                write(server, serverLock, partial);
            }

            @Override
            public void ended(End how) throws IOException {
                tampering.endedByClient(how, RelayedConnection.this);
            }
        };
    }

    private Direction fromServer() {
        return new Direction() {
            @Override
            public void heard() throws IOException {
                tampering.heardFromServer(RelayedConnection.this);
            }

            @Override
            public Inflow.Stage head(Head head) throws IOException {
                Head answer = tampering.response(head);
                Optional<Detour> detour = tampering.detour(answer);
                if (detour.isPresent()) {
                    follow(detour.get());
                    return Inflow.Stage.BYTES;
                }
                bytesToClient(answer.bytes());
                if (answer.start().startsWith("HTTP/1.1 101")) {
                    return Inflow.Stage.FRAMES;
                }
                return answer.isInterim() ? Inflow.Stage.HEAD : Inflow.Stage.BYTES;
            }

            @Override
            public void frames(List<Frame> frames) throws IOException {
                tampering.fromServer(frames, RelayedConnection.this);
            }

            @Override
            public void bytes(byte[] bytes) throws IOException {
                tampering.bytesFromServer(bytes, RelayedConnection.this);
            }

            @Override
            public void cut(byte[] partial) throws IOException {
                tampering.cutByServer(partial, RelayedConnection.this);
            }

            @Override
            public void ended(End how) throws IOException {
                tampering.endedByServer(how, RelayedConnection.this);
            }
        };
    }

    @Override
    public void toClient(Frame frame) throws IOException {
        bytesToClient(FrameCodec.bytes(frame));
    }

    @Override
    public void toServer(Frame frame) throws IOException {
        write(server, serverLock, FrameCodec.bytes(frame));
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
    public void endToClient(End how) throws IOException {
        end(client, how);
    }

    @Override
    public void endToServer(End how) throws IOException {
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

    private void end(Socket to, End how) throws IOException {
        switch (how) {
            case FIN -> {
                if (!to.isClosed() && !to.isOutputShutdown()) {
                    to.shutdownOutput();
                }
            }
            case RST -> reset();
        }
    }

    /** Ends both sides with RST. */
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
            // Closed between the question and the call: nothing is left to be reset.
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
