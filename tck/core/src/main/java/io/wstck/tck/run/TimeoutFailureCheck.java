package io.wstck.tck.run;

import io.wstck.server.journal.JournalEntry;
import io.wstck.server.journal.JournalEntry.StepTiming;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.CheckKind;
import io.wstck.tck.judge.Evidence;
import io.wstck.tck.judge.NamedCheck;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Witness;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

/** Recognizes failures that happened because something did not happen in time. Stateless. */
final class TimeoutFailureCheck {
    private TimeoutFailureCheck() {}

    /** Returns whether the first failure is a time limit. Later failures may be consequences of the first. */
    static boolean isFirstFailure(Evidence evidence, TimingKind timing) {
        return firstFailure(evidence, check -> check.witness() != Witness.WIRE)
                .filter(first -> isTimeout(first, timing))
                .isPresent();
    }

    /**
     * Returns whether the first failure is an event that did not come, in a case that waits for a clock. A busy machine
     * may keep a client from the event, although no wakeup is late enough to count as a stall.
     */
    static boolean isMissedEvent(Evidence evidence, TimingKind timing) {
        return timing == TimingKind.CLOCK
                && firstFailure(evidence, _ -> true)
                        .filter(StallFilter::isMissingEvent)
                        .isPresent();
    }

    private static Optional<Check> firstFailure(Evidence evidence, Predicate<Check> counts) {
        return evidence.checks().stream()
                .filter(check -> check.outcome() == Check.Outcome.FAILED && check.strength() != Strength.SHOULD)
                .filter(counts)
                .min(Comparator.comparingLong(Check::nanos));
    }

    private static boolean isTimeout(Check check, TimingKind timing) {
        return switch (check.witness()) {
            case SCRIPT ->
                check.kind() == NamedCheck.TIME_LIMIT
                        || check.measured()
                                .filter(time -> time.ms() > time.maxMs())
                                .isPresent();
            case SERVER -> timing == TimingKind.EVENTS && isOverdue(check);
            case WIRE -> false;
        };
    }

    /** Returns whether it is a step of the server that was still undecided when its time was over. */
    private static boolean isOverdue(Check check) {
        return check.kind() instanceof CheckKind.Step(JournalEntry.StepDone done)
                && done.timing() == StepTiming.OVERDUE;
    }
}
