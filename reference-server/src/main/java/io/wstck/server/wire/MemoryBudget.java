package io.wstck.server.wire;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes a whole server may hold of one kind of things that clients have sent. Whoever holds some takes them first, and
 * gives them back. Any thread.
 */
public final class MemoryBudget {
    private final long limit;
    private final AtomicLong held = new AtomicLong();

    /** A budget of {@code limit} bytes. */
    public MemoryBudget(long limit) {
        this.limit = limit;
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

    /** How many bytes are taken now. */
    public long held() {
        return held.get();
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
