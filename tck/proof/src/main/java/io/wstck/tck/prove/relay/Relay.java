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
 * Listens on loopback in front of one server and relays each connection through a tampering. Each direction of a
 * connection buffers at most a head of 64 KiB and a frame of 32 MiB. Any thread. {@link #close} releases every socket
 * and thread.
 */
public final class Relay implements AutoCloseable {
    /** The number of connections that a session of the reference server accepts. */
    private static final int MAX_CONNECTIONS = 64;

    private final URI target;
    private final ServerSocket listener;
    private final Supplier<Tampering> tampering;
    private final Thread acceptor;

    /** Guards {@link #connections} and {@link #closed}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final List<RelayedConnection> connections = new ArrayList<>();
    private boolean closed;

    private Relay(URI target, ServerSocket listener, Supplier<Tampering> tampering) {
        this.target = target;
        this.listener = listener;
        this.tampering = tampering;
        acceptor = Thread.ofVirtual().name("relay-acceptor").unstarted(this::accept);
    }

    /**
     * Binds an ephemeral loopback port and starts to relay. If the target's host is an IPv6 address, the relay listens
     * on that address.
     *
     * @param target a {@code ws://} URL with a port
     * @param tampering creates the tampering of each connection
     * @throws UncheckedIOException if no port can be bound
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

    /** The target's URL with the relay's port. */
    public URI url() {
        return URI.create(target.toString().replaceFirst(":" + target.getPort(), ":" + listener.getLocalPort()));
    }

    private void accept() {
        InetSocketAddress address = new InetSocketAddress(target.getHost(), target.getPort());
        while (true) {
            Socket client;
            try {
                client = listener.accept();
            } catch (IOException listenerClosed) {
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
            if (!closed && connections.size() < MAX_CONNECTIONS) {
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
            closed = true;
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
