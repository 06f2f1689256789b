package io.wstck.tck.prove;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A delay that ignores interrupts, for faults that never return. Stateless. */
public final class UninterruptibleDelay {
    /**
     * Longer than any time limit of the kit. The delay ends, so that a program that goes on after a proof keeps no
     * thread.
     */
    private static final Duration DURATION = Duration.ofSeconds(90);

    private UninterruptibleDelay() {}

    /** Delays the calling thread. */
    public static void run() {
        long end = System.nanoTime() + DURATION.toNanos();
        boolean interrupted = false;
        for (long left = DURATION.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            // Otherwise the next park would return at once.
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
