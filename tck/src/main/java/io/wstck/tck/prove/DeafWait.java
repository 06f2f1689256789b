package io.wstck.tck.prove;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A wait that no interrupt ends, for faults that never return. Stateless. */
public final class DeafWait {
    /** Longer than the kit waits for anything; a program that proves faults and then goes on is left with no thread. */
    private static final Duration LONG = Duration.ofSeconds(90);

    private DeafWait() {}

    /** Waits on the calling thread. */
    public static void once() {
        long end = System.nanoTime() + LONG.toNanos();
        boolean interrupted = false;
        for (long left = LONG.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            // Otherwise the next park would return at once.
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
