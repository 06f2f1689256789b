package io.wstck.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Limits how much of request bodies the server holds at a time. Small bodies are let in at once; of large ones two, and the others
 * wait, without being read. Any thread.
 */
final class BodyRoom {
    /** The largest small body, in bytes. */
    static final int SMALL = 64 << 10;

    private static final int MAX_SMALL = 256;
    private static final int MAX_LARGE = 2;
    private static final int MAX_WAITING = 200;

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Deque<Consumer<Place>> waiting = new ArrayDeque<>();
    private int small;
    private int large;

    /** The place of one body, from its first byte until its session is open. */
    final class Place implements AutoCloseable {
        private final boolean isLarge;
        private final AtomicBoolean left = new AtomicBoolean();

        private Place(boolean isLarge) {
            this.isLarge = isLarge;
        }

        /** Lets the next body in. Only the first call counts. */
        @Override
        public void close() {
            if (left.compareAndSet(false, true)) {
                leave(isLarge);
            }
        }
    }

    /**
     * Asks for the place of a body.
     *
     * @param bytes as announced; -1 when the request does not say
     * @param start gets the place, now or later; it must not block
     * @return false when there is no place, and too many wait
     */
    boolean enter(long bytes, Consumer<Place> start) {
        boolean isLarge = bytes < 0 || bytes > SMALL;
        lock.lock();
        try {
            if (isLarge && large == MAX_LARGE) {
                if (waiting.size() == MAX_WAITING) {
                    return false;
                }
                waiting.add(start);
                return true;
            }
            if (!isLarge && small == MAX_SMALL) {
                return false;
            }
            large += isLarge ? 1 : 0;
            small += isLarge ? 0 : 1;
        } finally {
            lock.unlock();
        }
        start.accept(new Place(isLarge));
        return true;
    }

    /** Waits no longer for a place; false when {@code start} has it already. */
    boolean giveUp(Consumer<Place> start) {
        lock.lock();
        try {
            return waiting.remove(start);
        } finally {
            lock.unlock();
        }
    }

    private void leave(boolean isLarge) {
        Consumer<Place> next;
        lock.lock();
        try {
            if (!isLarge) {
                small--;
                return;
            }
            if (waiting.isEmpty()) {
                large--;
                return;
            }
            next = waiting.remove();
        } finally {
            lock.unlock();
        }
        next.accept(new Place(true));
    }
}
