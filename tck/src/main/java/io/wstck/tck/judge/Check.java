package io.wstck.tck.judge;

/**
 * One thing that was required of the implementation, and whether it held.
 *
 * @param name the check as the case calls it, for example {@code returns}
 * @param position file and line in the case, {@code close.lua:12}; empty for the server's own checks
 * @param nanos when, since the server session was opened
 */
public record Check(
        Witness witness,
        Strength strength,
        Outcome outcome,
        String name,
        String expected,
        String actual,
        String position,
        long nanos) {

    /** Whether a check held. */
    public enum Outcome {
        MET,
        FAILED
    }

    public boolean met() {
        return outcome == Outcome.MET;
    }
}
