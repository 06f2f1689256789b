package io.wstck.server;

import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.scenario.PlayerContext;
import io.wstck.server.scenario.ScriptSignal;
import io.wstck.server.scenario.Waits;
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

/** The connections that are being played, each on a virtual thread of its own, and their end. Any thread. */
final class Players {
    private final ScriptSignal script;
    private final MemoryBudget memory;
    private final Waits waits;
    private final AddressShares shares;
    private final Runnable abandon;

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final List<Playing> playing = new ArrayList<>();
    private State state = State.OPEN;
    /** Connections that were admitted and have not ended, those whose answer is still under way too. */
    private int live;

    private enum State {
        OPEN,
        CLOSED
    }

    private record Playing(Thread thread, Transport transport) {}

    /** Makes what plays a connection to its end; an interrupt resets it. */
    interface Factory {
        Runnable player(Transport transport, PlayerContext context);
    }

    /**
     * At most as many connections at once as {@code shares} allows.
     *
     * @param abandon called when a required step was not met on one of the connections; does nothing where they are independent
     */
    Players(ScriptSignal script, ServerLimits limits, AddressShares shares, Runnable abandon) {
        this.script = script;
        this.memory = limits.memory().messages();
        this.waits = limits.waits();
        this.shares = shares;
        this.abandon = abandon;
    }

    /** A place for one more connection from {@code peer}, and its log; empty when there is none, or everything is closing. */
    Optional<Admission> admit(InetAddress peer, Supplier<ConnectionLog> log) {
        AddressShares.Address address = AddressShares.Address.of(peer);
        lock.lock();
        try {
            if (state == State.CLOSED || !shares.take(address)) {
                return Optional.empty();
            }
            live++;
            return Optional.of(new Admission(this, address, log.get()));
        } finally {
            lock.unlock();
        }
    }

    /** Starts to play an admitted connection. */
    void play(Admission admission, StreamConnection connection, Factory factory) {
        Transport transport;
        try {
            transport = new TcpTransport(connection);
        } catch (IOException gone) {
            IoUtils.safeClose(connection);
            admission.log().clientEnded(PeerEnd.ENDED);
            admission.end();
            return;
        }
        Runnable player = factory.player(transport, new PlayerContext(admission.log(), script, memory, waits, abandon));
        Thread thread = Thread.ofVirtual().name("wstck-server-player").unstarted(() -> {
            try {
                player.run();
            } finally {
                forget(transport);
                admission.end();
            }
        });
        lock.lock();
        try {
            playing.add(new Playing(thread, transport));
            thread.start();
            if (state == State.CLOSED) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private void forget(Transport transport) {
        lock.lock();
        try {
            playing.removeIf(player -> player.transport().equals(transport));
        } finally {
            lock.unlock();
        }
    }

    /** An admitted connection has ended. */
    void ended(AddressShares.Address address) {
        shares.give(address);
        lock.lock();
        try {
            live--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many have not ended. */
    int live() {
        lock.lock();
        try {
            return live;
        } finally {
            lock.unlock();
        }
    }

    /** Lets every player look around: the script has ended, or the session is abandoned. */
    void wake() {
        lock.lock();
        try {
            playing.forEach(player -> player.transport().wake());
        } finally {
            lock.unlock();
        }
    }

    /** Whether all have ended within {@code time}. */
    boolean awaitNone(Duration time) throws InterruptedException {
        long left = time.toNanos();
        lock.lockInterruptibly();
        try {
            while (live > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return live == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Admits no more, and resets those that play. */
    void close() {
        lock.lock();
        try {
            state = State.CLOSED;
            playing.forEach(player -> player.thread().interrupt());
        } finally {
            lock.unlock();
        }
    }
}
