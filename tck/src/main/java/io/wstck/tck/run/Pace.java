package io.wstck.tck.run;

/** What a case goes by. */
public enum Pace {
    /** Nothing but what happens. */
    EVENTS,
    /** A clock: every check of it may depend on the machine's. */
    CLOCK
}
