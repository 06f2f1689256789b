package io.wstck.tck.run;

import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.Evidence;
import io.wstck.tck.judge.JournalReading;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Witness;
import java.util.Comparator;

/** Finds the failures that rest on something that did not happen in time. Stateless. */
final class TimeFindings {
    private TimeFindings() {}

    /** Whether a time limit is what failed first. What failed after it may be a consequence. */
    static boolean decide(Evidence evidence, JournalReading journal, Pace pace) {
        return evidence.checks().stream()
                .filter(check -> check.outcome() == Check.Outcome.FAILED
                        && check.strength() != Strength.SHOULD
                        && check.witness() != Witness.WIRE)
                .min(Comparator.comparingLong(Check::nanos))
                .filter(first -> isLate(first, journal, pace))
                .isPresent();
    }

    private static boolean isLate(Check check, JournalReading journal, Pace pace) {
        return switch (check.witness()) {
            case SCRIPT ->
                DecidedChecks.isTimeLimit(check)
                        || check.measured()
                                .filter(time -> time.ms() > time.maxMs())
                                .isPresent();
            case SERVER -> pace == Pace.EVENTS && journal.isOverdue(check);
            case WIRE -> false;
        };
    }
}
