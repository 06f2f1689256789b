package io.wstck.client.transport;

import java.util.concurrent.Future;

/**
 * The clock of a client, and the timer that all its deadlines share. A deadline is a time of {@link #now()}. Any number
 * of threads may use it.
 */
interface DeadlineTimer {
    /** A wait that ends at the latest after some time, such as that for a lock. */
    @FunctionalInterface
    interface BoundedWait {
        /** Returns whether the wait ended because of its event, and not because {@code nanos} nanoseconds passed. */
        boolean await(long nanos) throws InterruptedException;
    }

    /** Returns the time in nanoseconds. Only differences have a meaning, as with {@link System#nanoTime()}. */
    long now();

    /**
     * Runs the action once, on a thread of the timer, after that many nanoseconds. Cancelling the result prevents that.
     *
     * @param action must not block
     */
    Future<?> schedule(Runnable action, long nanos);

    /** Waits on the calling thread, at the latest until the deadline. Returns what the wait returns. */
    boolean await(BoundedWait wait, long deadline) throws InterruptedException;
}
