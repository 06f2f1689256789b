package io.wstck.tck.judge;

/**
 * A duration that a check of the script measured, and its allowed range. All values are in milliseconds.
 *
 * @param what the description in the case, or the line that measured it
 * @param minMs the lower bound; a time may be shorter by {@link #TOLERANCE_MS}
 */
public record MeasuredTime(String what, double ms, double minMs, double maxMs) {
    /** The maximum difference between two clocks. */
    public static final double TOLERANCE_MS = 5;

    /** Returns whether the time was too short. A slow machine cannot cause that. */
    public boolean isTooShort() {
        return ms < minMs - TOLERANCE_MS;
    }
}
