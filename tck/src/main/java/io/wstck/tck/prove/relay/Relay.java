package io.wstck.tck.prove.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Listens on loopback in front of one server, and relays what connects through a tampering. Each connection holds at most one head of
 * 64 KiB and one frame of 32 MiB a direction. Any thread; {@link #close} releases every socket and thread.
 */
public final class Relay implements AutoCloseable {
    /** As many as a session of the reference server takes. */
    private static final int MAX_CONNECTIONS = 64;

    private final URI target;
    private final ServerSocket listener;
    private final Supplier<Tampering> tampering;
    private final Thread acceptor;

    /** Guards {@link #connections} and {@link #state}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final List<RelayedConnection> connections = new ArrayList<>();
    private State state = State.OPEN;

    private enum State {
        OPEN,
        CLOSED
    }

    private Relay(URI target, ServerSocket listener, Supplier<Tampering> tampering) {
        this.target = target;
        this.listener = listener;
        this.tampering = tampering;
        acceptor = Thread.ofVirtual().name("relay-acceptor").unstarted(this::accept);
    }

    /**
     * Binds an ephemeral port of the loopback address, of the IPv6 one where the target has such an address, and relays from now on.
     *
     * @param target a {@code ws://} URL with a port
     * @param tampering asked for a new one for every connection
     * @throws UncheckedIOException when there is no port to bind
     */
    public static Relay open(URI target, Supplier<Tampering> tampering) {
        try {
            boolean ipv6 = target.getHost().startsWith("[");
            InetAddress address = ipv6 ? InetAddress.getByName(target.getHost()) : InetAddress.getLoopbackAddress();
            ServerSocket listener = new ServerSocket(0, 0, address);
            Relay relay = new Relay(target, listener, tampering);
            relay.acceptor.start();
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException("a relay in front of " + target + " cannot listen", e);
        }
    }

    /** The URL that a client reaches the target at. */
    public URI url() {
        return URI.create(target.toString().replaceFirst(":" + target.getPort(), ":" + listener.getLocalPort()));
    }

    private void accept() {
        InetSocketAddress address = new InetSocketAddress(target.getHost(), target.getPort());
        while (true) {
            Socket client;
            try {
                client = listener.accept();
            } catch (IOException closed) {
                return;
            }
            if (!add(new RelayedConnection(client, address, tampering.get()))) {
                return;
            }
        }
    }

    private boolean add(RelayedConnection connection) {
        lock.lock();
        try {
            if (state == State.OPEN && connections.size() < MAX_CONNECTIONS) {
                connections.add(connection);
                connection.start();
                return true;
            }
        } finally {
            lock.unlock();
        }
        connection.close();
        return false;
    }

    @Override
    public void close() {
        List<RelayedConnection> open;
        lock.lock();
        try {
            state = State.CLOSED;
            open = List.copyOf(connections);
        } finally {
            lock.unlock();
        }
        try {
            listener.close();
            acceptor.join();
        } catch (IOException e) {
            throw new UncheckedIOException("a relay could not stop listening", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.forEach(RelayedConnection::close);
        }
    }
}
