package io.wstck.client.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One running connect of the {@link Dialer}: looks up the host, connects TCP, and keeps the current stage for error
 * messages. Any thread may abandon it at any time.
 */
final class Dial implements OpenResources.OpenResource {
    /** The stages of a dial, in order. */
    enum Stage {
        NAME_LOOKUP("name lookup"),
        TCP("TCP connect"),
        TLS("TLS handshake"),
        OPENING_HANDSHAKE("opening handshake");

        private final String label;

        Stage(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    private final DeadlineTimer timer;
    private final long deadline;
    private final NameLookups lookups;
    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private boolean abandoned;
    private Stage stage = Stage.NAME_LOOKUP;
    private Optional<NameLookups.Waiter> lookup = Optional.empty();
    private Optional<Socket> socket = Optional.empty();

    /** @param deadline for the whole dial */
    Dial(DeadlineTimer timer, long deadline, NameLookups lookups) {
        this.timer = timer;
        this.deadline = deadline;
        this.lookups = lookups;
    }

    /**
     * Connects to the first address of the host that answers. Divides the remaining time among the addresses not tried
     * yet.
     */
    Socket connect(String host, int port) throws IOException, InterruptedException {
        List<InetAddress> addresses = beginLookup(host).await();
        enter(Stage.TCP);
        Optional<IOException> failure = Optional.empty();
        for (int index = 0; index < addresses.size(); index++) {
            InetSocketAddress address = new InetSocketAddress(addresses.get(index), port);
            Socket candidate = open();
            try {
                candidate.connect(address, connectTimeoutMillis(addresses.size() - index));
                candidate.setOption(StandardSocketOptions.TCP_NODELAY, true);
                return candidate;
            } catch (IOException e) {
                SocketStreams.closeQuietly(candidate);
                failure = Optional.of(new IOException("TCP connect to " + address + ": " + e.getMessage(), e));
            }
        }
        throw failure.orElseGet(() -> new IOException("no address for " + host));
    }

    /** Records the stage of the dial, for the message if it fails. */
    void enter(Stage next) {
        lock.lock();
        try {
            stage = next;
        } finally {
            lock.unlock();
        }
    }

    Stage stage() {
        lock.lock();
        try {
            return stage;
        } finally {
            lock.unlock();
        }
    }

    /** Throws if the caller has abandoned the dial. */
    void checkNotAbandoned() throws IOException {
        lock.lock();
        try {
            if (abandoned) {
                throw new IOException("the dial was abandoned");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Abandons the dial: ends the lookup and closes the socket, also one that is opened later. */
    @Override
    public void release() {
        lock.lock();
        try {
            abandoned = true;
            lookup.ifPresent(NameLookups.Waiter::abandon);
            socket.ifPresent(SocketStreams::closeQuietly);
        } finally {
            lock.unlock();
        }
    }

    private NameLookups.Waiter beginLookup(String host) throws IOException {
        lock.lock();
        try {
            checkNotAbandoned();
            NameLookups.Waiter waiter = lookups.begin(host);
            lookup = Optional.of(waiter);
            return waiter;
        } finally {
            lock.unlock();
        }
    }

    private Socket open() throws IOException {
        // Ignores a proxy that is set by system properties.
        Socket fresh = new Socket(Proxy.NO_PROXY);
        lock.lock();
        try {
            if (abandoned) {
                SocketStreams.closeQuietly(fresh);
            }
            checkNotAbandoned();
            socket = Optional.of(fresh);
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the TCP connect timeout of the next address in milliseconds. The last address has none (0), because the
     * caller ends the whole dial at its deadline.
     */
    private int connectTimeoutMillis(int candidates) {
        if (candidates == 1) {
            return 0;
        }
        long share = TimeUnit.NANOSECONDS.toMillis(deadline - timer.now()) / candidates;
        return Math.clamp(share, 1, Integer.MAX_VALUE);
    }
}
