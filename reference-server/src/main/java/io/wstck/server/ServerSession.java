package io.wstck.server;

import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.journal.Journal;
import io.wstck.server.journal.JournalEntry;
import io.wstck.server.journal.JournalEntry.ConnectionId;
import io.wstck.server.journal.JournalKeeper;
import io.wstck.server.live.LiveFeed;
import io.wstck.server.scenario.Behaviour;
import io.wstck.server.scenario.ScriptSignal;
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

/** Scenarios that one client under test is played, and the one journal of it. Any thread. */
public final class ServerSession implements AutoCloseable {
    /** How many connections a session takes in all. */
    public static final int MAX_CONNECTIONS = 64;

    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final String id;
    private final SessionSpec spec;
    private final JournalKeeper keeper;
    private final ScriptSignal script;
    private final Players players;
    private final LiveFeed feed;
    private final Runnable onClose;

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, URI> urls = new LinkedHashMap<>();
    private final List<SessionListener> listeners = new ArrayList<>();
    private State state = State.OPEN;
    private int connections;
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
        this.keeper =
                new JournalKeeper(JournalKeeper.Kept.ENTRIES, limits.memory().journals());
        this.script = new ScriptSignal(limits.waits().grace());
        // The session's own limit is lower than the share of any address.
        this.players = new Players(script, limits, new AddressShares(2 * MAX_CONNECTIONS), this::abandon);
        this.onClose = onClose;
    }

    /** The session's id, unguessable. */
    public String id() {
        return id;
    }

    /** The {@link System#nanoTime} that the times of its journal count from. */
    public long opened() {
        return keeper.opened();
    }

    /** The ws:// URLs of the session's servers by name, in the order of the specification. */
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

    void reachedAt(String server, URI url) {
        lock.lock();
        try {
            urls.put(server, url);
        } finally {
            lock.unlock();
        }
    }

    void owns(SessionListener listener) {
        lock.lock();
        try {
            listeners.add(listener);
        } finally {
            lock.unlock();
        }
    }

    /** The client's script has ended: journals it, and lets the players go on to their epilogue. Once. */
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
        script.end();
        players.wake();
    }

    /** A required step was not met: ends every connection, so that the client's script waits for nothing that cannot come. */
    private void abandon() {
        script.abandon();
        players.wake();
    }

    /**
     * Waits until every connection that clients have opened has ended, its epilogue included.
     *
     * @return whether that happened within {@code limit}
     */
    public boolean awaitSettled(Duration limit) throws InterruptedException {
        Deadline deadline = Deadline.in(limit);
        List<SessionListener> open;
        lock.lockInterruptibly();
        try {
            open = state == State.CLOSED ? List.of() : List.copyOf(listeners);
        } finally {
            lock.unlock();
        }
        for (SessionListener listener : open) {
            try {
                listener.awaitAccepted(deadline);
            } catch (IOException failure) {
                trouble("connections may be missing: " + failure.getMessage());
            }
        }
        return players.awaitNone(Duration.ofNanos(Math.max(0, deadline.remainingNanos())));
    }

    /** The journal as it stands. */
    public Journal journal() {
        lock.lock();
        try {
            lastUse = System.nanoTime();
        } finally {
            lock.unlock();
        }
        return keeper.snapshot(id, spec.name(), players.live() == 0);
    }

    /** A place for one more connection from {@code peer} to {@code server}; empty when the session is full or closed. */
    Optional<Admission> admit(String server, InetAddress peer) {
        lock.lock();
        try {
            if (state == State.CLOSED || connections == MAX_CONNECTIONS) {
                keeper.drop();
                return Optional.empty();
            }
            connections++;
            lastUse = System.nanoTime();
            ConnectionId connection = new ConnectionId(server, connections);
            return players.admit(
                    peer, () -> new ConnectionLog(keeper, connection, feed.opened("/s/" + id + "/" + server)));
        } finally {
            lock.unlock();
        }
    }

    /** Something failed that belongs to no connection. */
    void trouble(String detail) {
        keeper.add(Optional.empty(), stamp -> new JournalEntry.Trouble(stamp, detail));
    }

    /** Whether nobody has used the session for that long. */
    boolean unusedFor(Duration time) {
        lock.lock();
        try {
            return players.live() == 0 && System.nanoTime() - lastUse > time.toNanos();
        } finally {
            lock.unlock();
        }
    }

    /** Releases listeners and connections, and waits until they are gone. The journal stays readable. */
    @Override
    public void close() {
        List<SessionListener> toClose;
        lock.lock();
        try {
            if (state == State.CLOSED) {
                return;
            }
            state = State.CLOSED;
            toClose = List.copyOf(listeners);
        } finally {
            lock.unlock();
        }
        onClose.run();
        players.close();
        toClose.forEach(SessionListener::close);
        try {
            if (!awaitSettled(CLOSE_WAIT)) {
                trouble("connections had not ended " + CLOSE_WAIT.toSeconds() + " s after the session was closed");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        keeper.release();
    }
}
