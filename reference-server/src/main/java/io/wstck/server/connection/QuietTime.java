package io.wstck.server.connection;

import io.wstck.server.wire.Deadline;
import java.time.Duration;

/**
 * Measures how long TCP has accepted no byte of the server's writes, up to a limit. A pause of this whole machine or
 * process does not count, because the client may have had no processor time either: of each wait at most {@link #WAIT}
 * counts. For one thread.
 */
final class QuietTime {
    /** The longest single wait. */
    static final Duration WAIT = Duration.ofMillis(100);

    private final Duration limit;
    private long waitBegun;
    private long countedNanos;

    QuietTime(Duration limit) {
        this.limit = limit;
    }

    /** TCP has accepted a byte: the measurement starts again. */
    void restart() {
        countedNanos = 0;
    }

    /** Starts a wait, and returns when it must end. */
    Deadline startWait() {
        waitBegun = System.nanoTime();
        Duration left = limit.minusNanos(countedNanos);
        return Deadline.in(left.compareTo(WAIT) < 0 ? left : WAIT);
    }

    /** Counts the wait that has ended. */
    void endWait() {
        countedNanos += Math.min(System.nanoTime() - waitBegun, WAIT.toNanos());
    }

    boolean isOver() {
        return Duration.ofNanos(countedNanos).compareTo(limit) >= 0;
    }
}
