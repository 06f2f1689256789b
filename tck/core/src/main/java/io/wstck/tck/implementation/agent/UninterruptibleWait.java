package io.wstck.tck.implementation.agent;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition that only checks can show. An interrupt does not shorten the wait; it is kept. */
public final class UninterruptibleWait {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private UninterruptibleWait() {}

    /** Checks every 5 ms until the condition holds or the time is over. */
    public static void until(BooleanSupplier condition, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            // An interrupted thread would not pause.
            interrupted |= Thread.interrupted();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
