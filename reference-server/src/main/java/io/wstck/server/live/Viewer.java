package io.wstck.server.live;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** What waits for one viewer. Bounded: one that lets it run full is dropped. Any thread offers, one takes. */
final class Viewer {
    /** How many events wait at most, beside those of the connections that were open when he came. */
    static final int MAX_WAITING = 1_000;

    private final BlockingQueue<String> waiting;
    private volatile State state = State.WATCHING;
    private volatile Runnable onDrop = () -> {};

    private enum State {
        WATCHING,
        DROPPED
    }

    /**
     * @param first what he hears first
     */
    Viewer(List<String> first) {
        waiting = new ArrayBlockingQueue<>(first.size() + MAX_WAITING);
        waiting.addAll(first);
    }

    /** What ends his connection, so that nobody waits for him to read; it must not wait itself. */
    void whenDropped(Runnable action) {
        onDrop = action;
        if (state == State.DROPPED) {
            action.run();
        }
    }

    /** Whether there was room; otherwise he is dropped. */
    boolean offer(String event) {
        if (waiting.offer(event)) {
            return true;
        }
        drop();
        return false;
    }

    void drop() {
        state = State.DROPPED;
        onDrop.run();
    }

    boolean dropped() {
        return state == State.DROPPED;
    }

    /** The next event; empty when none came in that time. */
    Optional<String> next(long millis) throws InterruptedException {
        return Optional.ofNullable(waiting.poll(millis, TimeUnit.MILLISECONDS));
    }
}
