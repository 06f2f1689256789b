package io.wstck.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Limits the request bodies that the server holds at a time. Small bodies enter at once. Two large ones may enter, and
 * others wait unread. Any thread.
 */
final class BodySlots {
    /** The size limit of a small body, in bytes. */
    static final int SMALL = 64 << 10;

    private static final int MAX_SMALL = 256;
    private static final int MAX_LARGE = 2;
    private static final int MAX_WAITING = 200;

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Deque<Consumer<BodySlot>> waiting = new ArrayDeque<>();
    private int small;
    private int large;

    /** The slot of one body, from its first byte until its session is open. */
    final class BodySlot implements AutoCloseable {
        private final boolean isLarge;
        private final AtomicBoolean released = new AtomicBoolean();

        private BodySlot(boolean isLarge) {
            this.isLarge = isLarge;
        }

        /** Releases the slot for the next body. Only the first call counts. */
        @Override
        public void close() {
            if (released.compareAndSet(false, true)) {
                releaseSlot(isLarge);
            }
        }
    }

    /**
     * Requests a slot for a body.
     *
     * @param bytes the announced size in bytes; -1 if unknown
     * @param start receives the slot, now or later; must not block
     * @return false when no slot is free and too many bodies wait
     */
    boolean requestSlot(long bytes, Consumer<BodySlot> start) {
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
        start.accept(new BodySlot(isLarge));
        return true;
    }

    /** Stops waiting for a slot. Returns false when {@code start} already has it. */
    boolean cancelRequest(Consumer<BodySlot> start) {
        lock.lock();
        try {
            return waiting.remove(start);
        } finally {
            lock.unlock();
        }
    }

    private void releaseSlot(boolean isLarge) {
        Consumer<BodySlot> next;
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
        next.accept(new BodySlot(true));
    }
}
