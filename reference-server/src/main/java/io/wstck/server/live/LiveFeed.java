package io.wstck.server.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.journal.JournalEntry;
import io.wstck.server.journal.JournalListener;
import io.wstck.server.text.Excerpt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passes events about open connections and their journal entries, as JSON, to the queues of all viewers. The number of
 * viewers, the number of reported connections and each viewer's queue are bounded. The feed drops a viewer that is too
 * slow, and connections never wait for one. Any thread.
 */
public final class LiveFeed implements AutoCloseable {
    /** The most viewers at a time. */
    public static final int MAX_VIEWERS = 16;

    /** The most open connections that are reported. The server plays further ones without reporting them. */
    static final int MAX_CONNECTIONS = 500;

    private static final int LONGEST_LABEL = 200;
    private static final double NANOS_PER_MILLI = 1e6;

    private final long started = System.nanoTime();
    private final AtomicLong number = new AtomicLong();
    private final CopyOnWriteArrayList<Viewer> viewers = new CopyOnWriteArrayList<>();

    /** Guards the fields below. It also ensures that a viewer gets each opening once. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Long, String> open = new LinkedHashMap<>();
    private boolean closed;

    /**
     * Adds a viewer, which first gets the open connections. Empty when there are too many viewers or the feed is
     * closed.
     */
    Optional<Viewer> addViewer() {
        lock.lock();
        try {
            if (closed || viewers.size() >= MAX_VIEWERS) {
                return Optional.empty();
            }
            Viewer viewer = new Viewer(open.values().stream().toList());
            viewers.add(viewer);
            return Optional.of(viewer);
        } finally {
            lock.unlock();
        }
    }

    void removeViewer(Viewer viewer) {
        viewers.remove(viewer);
    }

    /**
     * Reports a new connection and returns the listener for its entries.
     *
     * @param label the target of the request, for people
     */
    public JournalListener connectionOpened(String label) {
        long connection = number.incrementAndGet();
        ObjectNode event = event(connection);
        event.put("opened", Excerpt.withEllipsis(label, LONGEST_LABEL));
        String text = event.toString();
        lock.lock();
        try {
            if (closed || open.size() >= MAX_CONNECTIONS) {
                return JournalListener.NONE;
            }
            open.put(connection, text);
            send(text);
        } finally {
            lock.unlock();
        }
        return new FeedListener(connection);
    }

    private ObjectNode event(long connection) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("connection", connection);
        return event.put("ms", (System.nanoTime() - started) / NANOS_PER_MILLI);
    }

    private void send(String event) {
        for (Viewer viewer : viewers) {
            if (!viewer.offer(event)) {
                removeViewer(viewer);
            }
        }
    }

    private final class FeedListener implements JournalListener {
        private final long connection;

        FeedListener(long connection) {
            this.connection = connection;
        }

        @Override
        public boolean isActive() {
            return !viewers.isEmpty();
        }

        @Override
        public void onEntry(JournalEntry entry) {
            send(event(connection).set("entry", LiveEntryJson.json(entry)).toString());
        }

        @Override
        public void onEnd() {
            lock.lock();
            try {
                open.remove(connection);
                if (isActive()) {
                    send(event(connection).put("ended", true).toString());
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Drops all viewers. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            List.copyOf(viewers).forEach(Viewer::drop);
            viewers.clear();
        } finally {
            lock.unlock();
        }
    }
}
