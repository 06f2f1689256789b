package io.wstck.client.transport;

import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs an action when a deadline passes; the deadline can be set and lifted many times. Lifting keeps the timer's entry
 * for the next deadline, so the timer is seldom changed. Any number of threads may use it.
 */
final class Watchdog implements AutoCloseable {
    private enum Phase {
        LIFTED,
        SET,
        EXPIRED,
        CLOSED
    }

    private final DeadlineTimer timer;
    private final Runnable action;
    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private Phase phase = Phase.LIFTED;
    private long deadline;
    private long timerEntryDue;
    private Optional<Future<?>> timerEntry = Optional.empty();

    /** @param action run once, on the timer's thread, when a deadline passes; must not block */
    Watchdog(DeadlineTimer timer, Runnable action) {
        this.timer = timer;
        this.action = action;
    }

    /**
     * Sets the deadline; a deadline that was set before is replaced.
     *
     * @param due a time of the timer, in nanoseconds; it may have passed
     */
    void set(long due) {
        lock.lock();
        try {
            if (phase == Phase.EXPIRED || phase == Phase.CLOSED) {
                return;
            }
            phase = Phase.SET;
            deadline = due;
            if (timerEntry.isEmpty() || deadline - timerEntryDue < 0) {
                timerEntry.ifPresent(early -> early.cancel(false));
                schedule();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sets the deadline to that many nanoseconds from now, unless one is set already. */
    void setOnce(long nanos) {
        setIn(Phase.LIFTED, nanos);
    }

    /** Replaces the deadline, if one is set, by that many nanoseconds from now. */
    void extend(long nanos) {
        setIn(Phase.SET, nanos);
    }

    private void setIn(Phase expected, long nanos) {
        lock.lock();
        try {
            if (phase == expected) {
                set(timer.now() + nanos);
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

    /** Lifts the deadline permanently and cancels the timer's entry. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (phase != Phase.EXPIRED) {
                phase = Phase.CLOSED;
            }
            timerEntry.ifPresent(pending -> pending.cancel(false));
            timerEntry = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void schedule() {
        timerEntryDue = deadline;
        timerEntry = Optional.of(timer.schedule(this::expireIfDue, Math.max(0, deadline - timer.now())));
    }

    private void expireIfDue() {
        lock.lock();
        try {
            timerEntry = Optional.empty();
            if (phase != Phase.SET) {
                return;
            }
            if (deadline - timer.now() > 0) {
                schedule();
                return;
            }
            phase = Phase.EXPIRED;
        } finally {
            lock.unlock();
        }
        action.run();
    }
}
