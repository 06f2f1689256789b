package io.wstck.server.wire;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the bytes that a server holds of one kind of client data. The server reserves bytes before it holds them, and
 * releases them afterwards. Any thread.
 */
public final class MemoryBudget {
    private final long limit;
    private final AtomicLong reserved = new AtomicLong();

    /** A budget of {@code limit} bytes. */
    public MemoryBudget(long limit) {
        this.limit = limit;
    }

    /** Reserves {@code bytes}. Returns false, and reserves nothing, when the budget has no room for them. */
    public boolean tryReserve(long bytes) {
        if (reserved.addAndGet(bytes) <= limit) {
            return true;
        }
        reserved.addAndGet(-bytes);
        return false;
    }

    /** Reserves {@code bytes} even when the budget has no room for them. */
    public void reserveBeyondLimit(long bytes) {
        reserved.addAndGet(bytes);
    }

    /** Releases {@code bytes} that were reserved. */
    public void release(long bytes) {
        reserved.addAndGet(-bytes);
    }

    /** The number of bytes that are reserved now. */
    public long reserved() {
        return reserved.get();
    }

    /** The bytes that one connection has reserved in the budget. {@link #close} releases the rest. One thread. */
    public final class MemoryReservation implements AutoCloseable {
        private long reservedHere;

        /** Reserves {@code bytes}. Returns false, and reserves nothing, when the budget has no room for them. */
        public boolean tryReserve(long bytes) {
            boolean room = MemoryBudget.this.tryReserve(bytes);
            reservedHere += room ? bytes : 0;
            return room;
        }

        /** Releases {@code bytes} that were reserved. */
        public void release(long bytes) {
            MemoryBudget.this.release(bytes);
            reservedHere -= bytes;
        }

        @Override
        public void close() {
            release(reservedHere);
        }
    }

    /** Returns a new, empty reservation. */
    public MemoryReservation newReservation() {
        return new MemoryReservation();
    }
}
