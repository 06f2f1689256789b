package io.wstck.client.transport;

import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One deadline that is set and lifted over and over. Lifting leaves the timer's entry in place and setting finds it there, so
 * that the timer is seldom touched. For any number of threads.
 */
final class Watchdog implements AutoCloseable {
    private enum Phase {
        LIFTED,
        SET,
        EXPIRED,
        CLOSED
    }

    private final Deadlines deadlines;
    private final Runnable action;
    /** Guards phase, deadline, entry and entryDue. */
    private final ReentrantLock lock = new ReentrantLock();

    private Phase phase = Phase.LIFTED;
    private long deadline;
    private long entryDue;
    private Optional<Future<?>> entry = Optional.empty();

    /** @param action run once, on the timer's thread, when a deadline passes; must not block */
    Watchdog(Deadlines deadlines, Runnable action) {
        this.deadlines = deadlines;
        this.action = action;
    }

    /** Sets the deadline to that many nanoseconds from now; a deadline that was set before is replaced. */
    void set(long nanos) {
        lock.lock();
        try {
            if (phase == Phase.EXPIRED || phase == Phase.CLOSED) {
                return;
            }
            phase = Phase.SET;
            deadline = System.nanoTime() + nanos;
            if (entry.isEmpty() || deadline - entryDue < 0) {
                entry.ifPresent(early -> early.cancel(false));
                enter(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lifts the deadline. */
    void lift() {
        lock.lock();
        try {
            if (phase == Phase.SET) {
                phase = Phase.LIFTED;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a deadline has passed. */
    boolean expired() {
        lock.lock();
        try {
            return phase == Phase.EXPIRED;
        } finally {
            lock.unlock();
        }
    }

    /** Lifts the deadline for good and takes the timer's entry back. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (phase != Phase.EXPIRED) {
                phase = Phase.CLOSED;
            }
            entry.ifPresent(pending -> pending.cancel(false));
            entry = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void enter(long nanos) {
        entryDue = System.nanoTime() + nanos;
        entry = Optional.of(deadlines.schedule(this::due, nanos));
    }

    private void due() {
        lock.lock();
        try {
            entry = Optional.empty();
            if (phase != Phase.SET) {
                return;
            }
            long left = deadline - System.nanoTime();
            if (left > 0) {
                enter(left);
                return;
            }
            phase = Phase.EXPIRED;
        } finally {
            lock.unlock();
        }
        action.run();
    }
}
