package io.wstck.server.wire;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much a whole server may hold of what clients have sent: messages, and journals. Whoever holds some of it takes it first, and
 * gives it back. Any thread.
 */
public final class MemoryBudget {
    /** One part of the heap in so many: what is copied, sent and compressed needs room as well. */
    private static final int SHARE_OF_HEAP = 4;

    private final long limit;
    private final AtomicLong held = new AtomicLong();

    /** A budget of {@code limit} bytes. */
    public MemoryBudget(long limit) {
        this.limit = limit;
    }

    /** A quarter of the largest heap that this Java takes. */
    public static MemoryBudget ofHeap() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /** Whether there was room for that many bytes; if so they are taken. */
    public boolean take(long bytes) {
        if (held.addAndGet(bytes) <= limit) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    /** Takes that many bytes, room or no room. */
    public void takeAnyway(long bytes) {
        held.addAndGet(bytes);
    }

    /** Gives back that many bytes that were taken. */
    public void give(long bytes) {
        held.addAndGet(-bytes);
    }

    /** What one connection takes of the budget. One thread; what it still holds at its end goes back. */
    public final class Share implements AutoCloseable {
        private long mine;

        /** Whether there was room for that many bytes; if so they are taken. */
        public boolean take(long bytes) {
            boolean room = MemoryBudget.this.take(bytes);
            mine += room ? bytes : 0;
            return room;
        }

        /** Gives back that many bytes that were taken. */
        public void give(long bytes) {
            MemoryBudget.this.give(bytes);
            mine -= bytes;
        }

        @Override
        public void close() {
            give(mine);
        }
    }

    /** A share that holds nothing yet. */
    public Share share() {
        return new Share();
    }
}
