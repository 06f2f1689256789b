package io.wstck.server.live;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The bounded queue of events for one viewer, a client that reads {@code GET /live}. A viewer whose queue is full is
 * dropped. Any thread may add events; one thread takes them.
 */
final class Viewer {
    /** The most queued events, not counting those about connections that were open at the start. */
    static final int MAX_WAITING = 1_000;

    private final BlockingQueue<String> waiting;
    private volatile boolean dropped;
    private volatile Runnable dropAction = () -> {};

    /**
     * @param first the first events of the viewer
     */
    Viewer(List<String> first) {
        waiting = new ArrayBlockingQueue<>(first.size() + MAX_WAITING);
        waiting.addAll(first);
    }

    /**
     * Sets the action that ends the viewer's connection, so that no thread waits for it to read. The action must not
     * block.
     */
    void setDropAction(Runnable action) {
        dropAction = action;
        if (dropped) {
            action.run();
        }
    }

    /** Queues an event. Returns false, and drops the viewer, when the queue is full. */
    boolean offer(String event) {
        if (waiting.offer(event)) {
            return true;
        }
        drop();
        return false;
    }

    void drop() {
        dropped = true;
        dropAction.run();
    }

    boolean dropped() {
        return dropped;
    }

    /** Takes the next event; empty when none came in this time. */
    Optional<String> next(long millis) throws InterruptedException {
        return Optional.ofNullable(waiting.poll(millis, TimeUnit.MILLISECONDS));
    }
}
