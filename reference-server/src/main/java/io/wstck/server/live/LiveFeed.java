package io.wstck.server.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.journal.JournalEntry;
import io.wstck.server.journal.JournalWatch;
import io.wstck.server.text.Excerpt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells viewers of connections and their frames. Bounded: so many viewers, so many connections that are told of, so much that
 * waits for one viewer; a viewer that is slower than what happens is dropped, and the connections never wait for one. Any thread.
 */
public final class LiveFeed implements AutoCloseable {
    /** How many may watch at once. */
    public static final int MAX_VIEWERS = 16;

    /** How many open connections are told of; further ones are played and not shown. */
    static final int MAX_CONNECTIONS = 500;

    private static final int LONGEST_LABEL = 200;
    private static final double NANOS_PER_MILLI = 1e6;

    private final long started = System.nanoTime();
    private final AtomicLong number = new AtomicLong();
    private final CopyOnWriteArrayList<Viewer> viewers = new CopyOnWriteArrayList<>();

    /** Guards the fields below, and that a viewer hears of each connection once. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Long, String> open = new LinkedHashMap<>();
    private State state = State.OPEN;

    private enum State {
        OPEN,
        CLOSED
    }

    /** Somebody new, who hears first of the connections that are open; empty when there are too many, or all is closing. */
    Optional<Viewer> join() {
        lock.lock();
        try {
            if (state == State.CLOSED || viewers.size() >= MAX_VIEWERS) {
                return Optional.empty();
            }
            Viewer viewer = new Viewer(open.values().stream().toList());
            viewers.add(viewer);
            return Optional.of(viewer);
        } finally {
            lock.unlock();
        }
    }

    void leave(Viewer viewer) {
        viewers.remove(viewer);
    }

    /** How many watch now. */
    int watching() {
        return viewers.size();
    }

    /**
     * A connection has come.
     *
     * @param label what it asked for, for people
     */
    public JournalWatch opened(String label) {
        long connection = number.incrementAndGet();
        ObjectNode event = event(connection);
        event.put("opened", Excerpt.withEllipsis(label, LONGEST_LABEL));
        String text = event.toString();
        lock.lock();
        try {
            if (state == State.CLOSED || open.size() >= MAX_CONNECTIONS) {
                return JournalWatch.NOBODY;
            }
            open.put(connection, text);
            tell(text);
        } finally {
            lock.unlock();
        }
        return new Watch(connection);
    }

    private ObjectNode event(long connection) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("connection", connection);
        return event.put("ms", (System.nanoTime() - started) / NANOS_PER_MILLI);
    }

    private void tell(String event) {
        for (Viewer viewer : viewers) {
            if (!viewer.offer(event)) {
                leave(viewer);
            }
        }
    }

    private final class Watch implements JournalWatch {
        private final long connection;

        Watch(long connection) {
            this.connection = connection;
        }

        @Override
        public boolean looking() {
            return !viewers.isEmpty();
        }

        @Override
        public void happened(JournalEntry entry) {
            tell(event(connection).set("entry", LiveEntry.json(entry)).toString());
        }

        @Override
        public void ended() {
            lock.lock();
            try {
                open.remove(connection);
                if (looking()) {
                    tell(event(connection).put("ended", true).toString());
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Lets every viewer go. */
    @Override
    public void close() {
        lock.lock();
        try {
            state = State.CLOSED;
            List.copyOf(viewers).forEach(Viewer::drop);
            viewers.clear();
        } finally {
            lock.unlock();
        }
    }
}
