package io.wstck.tck.run;

import java.time.Duration;

/** How late this machine woke those who slept. Any thread. */
@FunctionalInterface
interface Lateness {
    /** A machine that wakes once as late as that does so often: a script that goes back and forth a hundred times takes seconds longer. */
    Duration SLOWING = Duration.ofMillis(100);

    /**
     * The most that anybody was woken late within an interval, whatever kept the machine busy: other programs, a pause for
     * garbage, a stop of all of it.
     *
     * @param from begin of the interval, a {@link System#nanoTime}
     * @param to end of the interval
     */
    Duration worst(long from, long to);
}
