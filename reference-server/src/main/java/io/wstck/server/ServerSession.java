package io.wstck.server;

import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.journal.Journal;
import io.wstck.server.journal.JournalEntry;
import io.wstck.server.journal.JournalEntry.ConnectionId;
import io.wstck.server.journal.JournalRecorder;
import io.wstck.server.live.LiveFeed;
import io.wstck.server.scenario.Behaviour;
import io.wstck.server.scenario.SessionSignals;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.server.wire.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A session: its servers with their URLs and scenarios, the client's connections to them, and their journal. Any
 * thread.
 */
public final class ServerSession implements AutoCloseable {
    /** The most connections of a session in all. */
    public static final int MAX_CONNECTIONS = 64;

    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final String id;
    private final SessionSpec spec;
    private final JournalRecorder keeper;
    private final SessionSignals signals;
    private final ActiveConnections connections;
    private final LiveFeed feed;
    private final Runnable onClose;

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, URI> urls = new LinkedHashMap<>();
    private final List<SessionPort> ownPorts = new ArrayList<>();
    private State state = State.OPEN;
    private int connectionCount;
    private long lastUse = System.nanoTime();

    private enum State {
        OPEN,
        SCRIPT_ENDED,
        CLOSED
    }

    ServerSession(String id, SessionSpec spec, ServerLimits limits, LiveFeed feed, Runnable onClose) {
        this.feed = feed;
        this.id = id;
        this.spec = spec;
        this.keeper = new JournalRecorder(
                JournalRecorder.JournalRetention.ENTRIES, limits.memory().journals());
        this.signals = new SessionSignals(limits.gracePeriods().grace());
        // Half of this quota is for one address, so the session's own limit always applies first.
        this.connections =
                new ActiveConnections(signals, limits, new ConnectionQuota(2 * MAX_CONNECTIONS), this::abandon);
        this.onClose = onClose;
    }

    /** The id of the session. It cannot be guessed. */
    public String id() {
        return id;
    }

    /** The {@link System#nanoTime} of time 0 in the journal. */
    public long opened() {
        return keeper.opened();
    }

    /** The ws or wss URLs of the session's servers by name, in the order of the specification. */
    public Map<String, URI> urls() {
        lock.lock();
        try {
            return new LinkedHashMap<>(urls);
        } finally {
            lock.unlock();
        }
    }

    Optional<Behaviour> behaviour(String server) {
        return Optional.ofNullable(spec.servers().get(server)).map(behaviour -> behaviour.located(urls()));
    }

    SessionSpec spec() {
        return spec;
    }

    void addUrl(String server, URI url) {
        lock.lock();
        try {
            urls.put(server, url);
        } finally {
            lock.unlock();
        }
    }

    void addPort(SessionPort listener) {
        lock.lock();
        try {
            ownPorts.add(listener);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Journals the end of the client's script, and lets the players start their epilogue. Only the first call counts.
     */
    public void scriptEnded() {
        lock.lock();
        try {
            if (state != State.OPEN) {
                return;
            }
            state = State.SCRIPT_ENDED;
            lastUse = System.nanoTime();
        } finally {
            lock.unlock();
        }
        keeper.add(Optional.empty(), JournalEntry.ScriptEnded::new);
        signals.endScript();
        connections.wake();
    }

    /**
     * Ends all connections because a required step was not met. Otherwise the client's script would wait for events
     * that cannot come.
     */
    private void abandon() {
        signals.abandon();
        connections.wake();
    }

    /**
     * Waits until all connections of clients have ended, including their epilogues.
     *
     * @return whether that happened within {@code limit}
     */
    public boolean awaitSettled(Duration limit) throws InterruptedException {
        Deadline deadline = Deadline.in(limit);
        List<SessionPort> open;
        lock.lockInterruptibly();
        try {
            open = state == State.CLOSED ? List.of() : List.copyOf(ownPorts);
        } finally {
            lock.unlock();
        }
        for (SessionPort listener : open) {
            try {
                listener.awaitAccepted(deadline);
            } catch (IOException failure) {
                serverFailed("connections may be missing: " + failure.getMessage());
            }
        }
        return connections.awaitAllEnded(Duration.ofNanos(Math.max(0, deadline.remainingNanos())));
    }

    /** A snapshot of the journal. */
    public Journal journal() {
        lock.lock();
        try {
            lastUse = System.nanoTime();
        } finally {
            lock.unlock();
        }
        return keeper.snapshot(id, spec.name(), connections.activeCount() == 0);
    }

    /** Admits a connection from {@code peer} to {@code server}. Empty when the session is full or closed. */
    Optional<AdmittedConnection> admit(String server, InetAddress peer) {
        lock.lock();
        try {
            if (state == State.CLOSED || connectionCount == MAX_CONNECTIONS) {
                keeper.drop();
                return Optional.empty();
            }
            connectionCount++;
            lastUse = System.nanoTime();
            ConnectionId connection = new ConnectionId(server, connectionCount);
            return connections.admit(
                    peer,
                    () -> new ConnectionLog(keeper, connection, feed.connectionOpened("/s/" + id + "/" + server)));
        } finally {
            lock.unlock();
        }
    }

    /** Journals a failure of the server that belongs to no connection. */
    void serverFailed(String detail) {
        keeper.add(Optional.empty(), stamp -> new JournalEntry.ServerFailure(stamp, detail));
    }

    /** Whether the session has been unused for this time. */
    boolean unusedFor(Duration time) {
        lock.lock();
        try {
            return connections.activeCount() == 0 && System.nanoTime() - lastUse > time.toNanos();
        } finally {
            lock.unlock();
        }
    }

    /** Closes listeners and connections, and waits until they are gone. The journal stays readable. */
    @Override
    public void close() {
        List<SessionPort> toClose;
        lock.lock();
        try {
            if (state == State.CLOSED) {
                return;
            }
            state = State.CLOSED;
            toClose = List.copyOf(ownPorts);
        } finally {
            lock.unlock();
        }
        onClose.run();
        connections.close();
        toClose.forEach(SessionPort::close);
        try {
            if (!awaitSettled(CLOSE_WAIT)) {
                serverFailed("connections had not ended " + CLOSE_WAIT.toSeconds() + " s after the session was closed");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        keeper.release();
    }
}
