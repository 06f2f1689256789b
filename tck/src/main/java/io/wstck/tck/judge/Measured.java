package io.wstck.tck.judge;

/**
 * A time that a case has measured, and the range that it was to be in; all in milliseconds.
 *
 * @param what it is the time of, in the case's words, or the line that measured it
 * @param minMs the lower bound, which may be missed by {@link #GRAIN_MS}
 */
public record Measured(String what, double ms, double minMs, double maxMs) {
    /** Two clocks may tick that far apart. */
    public static final double GRAIN_MS = 5;

    /** Whether it was too short, which no machine is to blame for. */
    public boolean tooShort() {
        return ms < minMs - GRAIN_MS;
    }
}
