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

/** One attempt to reach a server, from the name lookup on, that can be abandoned from any thread at any time. */
final class Dial implements Registry.Entry {
    /** How far it has come. */
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

    private enum Phase {
        UNDER_WAY,
        ABANDONED
    }

    private final long deadline;
    private final NameLookups lookups;
    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private Phase phase = Phase.UNDER_WAY;
    private Stage stage = Stage.NAME_LOOKUP;
    private Optional<NameLookups.Waiter> lookup = Optional.empty();
    private Optional<Socket> socket = Optional.empty();

    /** @param deadline for the whole dial, in {@link System#nanoTime()} */
    Dial(long deadline, NameLookups lookups) {
        this.deadline = deadline;
        this.lookups = lookups;
    }

    /** Connects to the first address of the host that answers; the time left is shared among those not tried yet. */
    Socket connect(String host, int port) throws IOException, InterruptedException {
        List<InetAddress> addresses = beginLookup(host).await();
        enter(Stage.TCP);
        IOException failure = new IOException("no address for " + host);
        for (int index = 0; index < addresses.size(); index++) {
            InetSocketAddress address = new InetSocketAddress(addresses.get(index), port);
            Socket candidate = open();
            try {
                candidate.connect(address, shareMillis(addresses.size() - index));
                candidate.setOption(StandardSocketOptions.TCP_NODELAY, true);
                return candidate;
            } catch (IOException e) {
                Sockets.closeQuietly(candidate);
                failure = new IOException("TCP connect to " + address + ": " + e.getMessage(), e);
            }
        }
        throw failure;
    }

    /** Notes how far the dial has come, for the message of its failure. */
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

    /** Throws if nobody waits for the connection any longer. */
    void check() throws IOException {
        lock.lock();
        try {
            if (phase == Phase.ABANDONED) {
                throw new IOException("the dial was abandoned");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the lookup and drops TCP, now or as soon as there is any. */
    @Override
    public void release() {
        lock.lock();
        try {
            phase = Phase.ABANDONED;
            lookup.ifPresent(NameLookups.Waiter::abandon);
            socket.ifPresent(Sockets::closeQuietly);
        } finally {
            lock.unlock();
        }
    }

    private NameLookups.Waiter beginLookup(String host) throws IOException {
        lock.lock();
        try {
            check();
            NameLookups.Waiter waiter = lookups.begin(host);
            lookup = Optional.of(waiter);
            return waiter;
        } finally {
            lock.unlock();
        }
    }

    private Socket open() throws IOException {
        // Whether there is a proxy is not for a system property to say.
        Socket fresh = new Socket(Proxy.NO_PROXY);
        lock.lock();
        try {
            if (phase == Phase.ABANDONED) {
                Sockets.closeQuietly(fresh);
            }
            check();
            socket = Optional.of(fresh);
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    /** The last address gets all the time there is, which whoever waits for the dial ends. */
    private int shareMillis(int candidates) {
        if (candidates == 1) {
            return 0;
        }
        long share = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) / candidates;
        return Math.clamp(share, 1, Integer.MAX_VALUE);
    }
}
