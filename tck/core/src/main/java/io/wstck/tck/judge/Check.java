package io.wstck.tck.judge;

import io.wstck.server.text.FormatWord;
import java.util.Optional;

/**
 * The result of one comparison of an expected and an actual value, by the script, over the wire, or by the server.
 *
 * @param kind which check it is
 * @param position file and line in the case, {@code close.lua:12}; empty for checks of the server
 * @param nanos time of the check, since the server session was opened
 * @param measured the time that the check measured, if it measured one
 */
public record Check(
        Witness witness,
        Strength strength,
        Outcome outcome,
        CheckKind kind,
        String expected,
        String actual,
        String position,
        long nanos,
        Optional<MeasuredTime> measured) {

    /** Tells whether a check was met, and whether an unmet one counts. */
    public enum Outcome implements FormatWord {
        MET("met"),
        FAILED("failed"),
        /** Not met, but a stall of this machine may be the reason. */
        IN_DOUBT("in-doubt"),
        /** Not met, in a case where the server ended the connection because a required step was not met. */
        NOT_JUDGED("not-judged");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** Creates a check that measured no time. */
    public Check(
            Witness witness,
            Strength strength,
            Outcome outcome,
            CheckKind kind,
            String expected,
            String actual,
            String position,
            long nanos) {
        this(witness, strength, outcome, kind, expected, actual, position, nanos, Optional.empty());
    }

    /** Returns the same unmet check as in doubt, for a reason that is not the implementation's fault. */
    public Check inDoubt(String why) {
        String explained = actual + " (" + why + ")";
        return new Check(witness, strength, Outcome.IN_DOUBT, kind, expected, explained, position, nanos, measured);
    }

    /**
     * Returns the same unmet check as not judged, because an unmet step of the server decides the case. The step may
     * come later than the check.
     */
    public Check notJudged() {
        String explained = actual + " (not judged: a step of the server that was not met decides the case)";
        return new Check(witness, strength, Outcome.NOT_JUDGED, kind, expected, explained, position, nanos, measured);
    }

    /** Returns the same check at another time, in nanoseconds since the server session was opened. */
    public Check at(long time) {
        return new Check(witness, strength, outcome, kind, expected, actual, position, time, measured);
    }

    /** Returns the name of the check in case files, for example {@code returns}. */
    public String name() {
        return kind.word();
    }

    public boolean met() {
        return outcome == Outcome.MET;
    }
}
