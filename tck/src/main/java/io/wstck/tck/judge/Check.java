package io.wstck.tck.judge;

import java.util.Optional;

/**
 * One thing that was required of the implementation, and whether it held.
 *
 * @param name the check as the case calls it, for example {@code returns}
 * @param position file and line in the case, {@code close.lua:12}; empty for the server's own checks
 * @param nanos when, since the server session was opened
 * @param measured the time that it is about, if it is about one
 */
public record Check(
        Witness witness,
        Strength strength,
        Outcome outcome,
        String name,
        String expected,
        String actual,
        String position,
        long nanos,
        Optional<Measured> measured) {

    /** Whether a check held. */
    public enum Outcome {
        MET,
        FAILED,
        /** Not met, but this machine may be to blame. */
        IN_DOUBT,
        /** Not met, in a case where the server ended the connection because a required step was not met. */
        NOT_JUDGED
    }

    /** A check that is about no time. */
    public Check(
            Witness witness,
            Strength strength,
            Outcome outcome,
            String name,
            String expected,
            String actual,
            String position,
            long nanos) {
        this(witness, strength, outcome, name, expected, actual, position, nanos, Optional.empty());
    }

    /** The same check, not met, for a reason that does not speak against the implementation. */
    public Check inDoubt(String why) {
        String seen = actual + " (" + why + ")";
        return new Check(witness, strength, Outcome.IN_DOUBT, name, expected, seen, position, nanos, measured);
    }

    /** The same check, not met, in a case that an unmet step of the server decides. The step may come later than the check. */
    public Check notJudged() {
        String seen = actual + " (not judged: a step of the server that was not met decides the case)";
        return new Check(witness, strength, Outcome.NOT_JUDGED, name, expected, seen, position, nanos, measured);
    }

    public boolean met() {
        return outcome == Outcome.MET;
    }
}
