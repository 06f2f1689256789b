package io.wstck.server;

import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.scenario.GracePeriods;
import io.wstck.server.scenario.PlayerContext;
import io.wstck.server.scenario.SessionSignals;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.PeerEnd;
import io.wstck.server.wire.TcpTransport;
import io.wstck.server.wire.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/**
 * Admits connections up to a quota, plays each on its own virtual thread, and resets those that are left at the end.
 * Any thread.
 */
final class ActiveConnections {
    private final SessionSignals signals;
    private final MemoryBudget memory;
    private final GracePeriods gracePeriods;
    private final ConnectionQuota quota;
    private final Runnable abandon;

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final List<RunningPlayer> players = new ArrayList<>();
    private boolean closed;
    /** The number of connections that were admitted and have not ended, including those whose answer is being sent. */
    private int activeCount;

    private record RunningPlayer(Thread thread, Transport transport) {}

    /** Creates the player of a connection. The player returns at the end of the connection; an interrupt resets it. */
    interface PlayerFactory {
        Runnable create(Transport transport, PlayerContext context);
    }

    /**
     * Allows as many connections at a time as {@code quota} does.
     *
     * @param abandon called when a required step was not met on a connection; does nothing if the connections are
     * independent
     */
    ActiveConnections(SessionSignals signals, ServerLimits limits, ConnectionQuota quota, Runnable abandon) {
        this.signals = signals;
        this.memory = limits.memory().messages();
        this.gracePeriods = limits.gracePeriods();
        this.quota = quota;
        this.abandon = abandon;
    }

    /** Admits a connection from {@code peer}. Empty when the limit is reached or the server closes. */
    Optional<AdmittedConnection> admit(InetAddress peer, Supplier<ConnectionLog> log) {
        ConnectionQuota.Address address = ConnectionQuota.Address.of(peer);
        lock.lock();
        try {
            if (closed || !quota.tryAcquire(address)) {
                return Optional.empty();
            }
            activeCount++;
            return Optional.of(new AdmittedConnection(this, address, log.get()));
        } finally {
            lock.unlock();
        }
    }

    /** Starts to play an admitted connection. */
    void play(AdmittedConnection admission, StreamConnection connection, PlayerFactory factory) {
        Transport transport;
        try {
            transport = new TcpTransport(connection);
        } catch (IOException gone) {
            IoUtils.safeClose(connection);
            admission.log().clientEnded(PeerEnd.ENDED);
            admission.end();
            return;
        }
        Runnable player =
                factory.create(transport, new PlayerContext(admission.log(), signals, memory, gracePeriods, abandon));
        Thread thread = Thread.ofVirtual().name("wstck-server-player").unstarted(() -> {
            try {
                player.run();
            } finally {
                removePlayer(transport);
                admission.end();
            }
        });
        lock.lock();
        try {
            players.add(new RunningPlayer(thread, transport));
            thread.start();
            if (closed) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private void removePlayer(Transport transport) {
        lock.lock();
        try {
            players.removeIf(player -> player.transport().equals(transport));
        } finally {
            lock.unlock();
        }
    }

    /** Releases an admitted connection that has ended. */
    void connectionEnded(ConnectionQuota.Address address) {
        quota.release(address);
        lock.lock();
        try {
            activeCount--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The number of connections that have not ended. */
    int activeCount() {
        lock.lock();
        try {
            return activeCount;
        } finally {
            lock.unlock();
        }
    }

    /** Wakes every player: the script has ended, or a required step was not met. */
    void wake() {
        lock.lock();
        try {
            players.forEach(player -> player.transport().wake());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all connections have ended. Returns whether that happened within {@code time}. */
    boolean awaitAllEnded(Duration time) throws InterruptedException {
        long left = time.toNanos();
        lock.lockInterruptibly();
        try {
            while (activeCount > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return activeCount == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Admits no more connections and resets the active ones. */
    void close() {
        lock.lock();
        try {
            closed = true;
            players.forEach(player -> player.thread().interrupt());
        } finally {
            lock.unlock();
        }
    }
}
