package io.wstck.tck.run;

import java.time.Duration;

/** Tells how late this machine woke sleeping threads. Thread-safe. */
@FunctionalInterface
interface StallLog {
    /**
     * A machine that stalls this long once usually does so often. A script with a hundred round trips then takes
     * seconds longer.
     */
    Duration SLOW_MACHINE = Duration.ofMillis(100);

    /**
     * Returns the longest delay of a wakeup within an interval. The cause does not matter: other programs, garbage
     * collection, or a suspended machine.
     *
     * @param from start of the interval, a {@link System#nanoTime}
     * @param to end of the interval
     */
    Duration worstStall(long from, long to);
}
