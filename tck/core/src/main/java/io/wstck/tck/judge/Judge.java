package io.wstck.tck.judge;

import io.wstck.tck.catalogue.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns the level of a case and the evidence of one attempt into a verdict with its reason. Stateless. */
public final class Judge {
    private Judge() {}

    /** Judges a case of this level. */
    public static Judgement judge(Level level, Evidence evidence) {
        Judgement judgement = withoutHint(level, evidence);
        return judgement.isFinding()
                ? judgement.withNotes(new JudgementNotes(judgement.notes().parts(), evidence.hint()))
                : judgement;
    }

    private static Judgement withoutHint(Level level, Evidence evidence) {
        if (evidence.kitError().isPresent()) {
            return judgeWithKitError(level, evidence, evidence.kitError().get());
        }
        for (Strength strength : Strength.values()) {
            Optional<Check> failed = first(evidence.checks(), strength, Check.Outcome.FAILED);
            if (failed.isPresent()) {
                Judgement judgement =
                        of(verdict(level, strength, evidence.accepted()), "", failed.get(), evidence.checks());
                return strength == Strength.SHOULD && (level == Level.MUST || level == Level.RFC)
                        ? judgement.withNotes(
                                new JudgementNotes(CaseParts.of(level, evidence.checks()), Optional.empty()))
                        : judgement;
            }
            Optional<Check> doubtful = first(evidence.checks(), strength, Check.Outcome.IN_DOUBT);
            if (doubtful.isPresent()) {
                return of(Verdict.INCONCLUSIVE, "not believed: ", doubtful.get(), evidence.checks());
            }
        }
        return judgeMet(level, evidence);
    }

    /**
     * Judges a case whose contract may not be binding in the profile of the run.
     *
     * @param level of the case
     * @param effective the level in that profile
     */
    public static Judgement judge(Level level, Level effective, Evidence evidence) {
        Judgement judgement = judge(effective, evidence);
        boolean failsWhereItBinds = level != effective && judge(level, evidence).verdict() == Verdict.FAILED;
        return failsWhereItBinds ? judgement.withVerdictIfBinding(Verdict.FAILED) : judgement;
    }

    /**
     * Judges a client that killed its process each time that the case was played. The verdict is FAILED whatever the
     * level of the case, because no clause lets a client end its process.
     *
     * @param how how the process ended
     */
    public static Judgement died(String how) {
        return new Judgement(
                Verdict.FAILED,
                "the client's process died, and died again when no other case ran in it",
                "a program that lives through the case",
                how,
                Signature.of("client", "program", "one that lives through the case", how),
                KnownStatus.UNLISTED,
                Optional.of(SharedCauses.died()),
                Optional.empty(),
                JudgementNotes.NONE);
    }

    private static Judgement judgeWithKitError(Level level, Evidence evidence, KitError kitError) {
        List<Check> earlier = evidence.checks().stream()
                .filter(check -> check.nanos() < kitError.nanos())
                .toList();
        // A missed should is no verdict here: later checks could have failed at a stricter level.
        return first(earlier, Strength.ANY_LEVEL, Check.Outcome.FAILED)
                .or(() -> first(earlier, Strength.CASE, Check.Outcome.FAILED))
                .map(failed -> of(verdict(level, failed.strength(), evidence.accepted()), "", failed, earlier))
                .orElseGet(() -> Judgement.of(Verdict.INCONCLUSIVE, kitError.what()));
    }

    private static Judgement judgeMet(Level level, Evidence evidence) {
        String outcomeText = String.join(
                "; ",
                Stream.concat(evidence.observations().stream(), evidence.outcomes().stream())
                        .distinct()
                        .toList());
        if (level == Level.MAY && !outcomeText.isEmpty()) {
            return Judgement.of(Verdict.OBSERVED, outcomeText);
        }
        if (evidence.checks().isEmpty()) {
            return Judgement.of(Verdict.INCONCLUSIVE, "the case made no check, so nothing is known");
        }
        return level == Level.MAY
                ? Judgement.of(Verdict.OBSERVED, "every check was met, the last one: " + last(evidence.checks()))
                : Judgement.of(Verdict.PASSED, outcomeText);
    }

    private static String last(List<Check> checks) {
        Check last = checks.getLast();
        CheckWording wording = CheckWording.of(last);
        return last.actual().isEmpty() ? wording.what() : wording.what() + ": " + wording.actual();
    }

    /**
     * Returns the verdict for an unmet check. A <em>may</em> fails only if the client raised an error of the JVM. An
     * outcome that the clause does not list is a warning.
     */
    private static Verdict verdict(Level level, Strength strength, Evidence.AcceptedOutcomes accepted) {
        return switch (strength) {
            case ANY_LEVEL -> Verdict.FAILED;
            case SHOULD -> level == Level.MAY ? Verdict.OBSERVED : Verdict.WARNED;
            case CASE ->
                switch (level) {
                    case MUST, RFC -> Verdict.FAILED;
                    case SHOULD -> Verdict.WARNED;
                    case MAY -> accepted == Evidence.AcceptedOutcomes.LISTED ? Verdict.WARNED : Verdict.OBSERVED;
                };
        };
    }

    private static Judgement of(Verdict verdict, String belief, Check check, List<Check> checks) {
        long others = checks.stream()
                .filter(other -> !other.met() && other.outcome() != Check.Outcome.NOT_JUDGED && !other.equals(check))
                .count();
        CheckWording wording = CheckWording.of(check);
        String position = check.position().isEmpty() ? "" : check.position() + ": ";
        String reason = belief
                + position
                + where(check.witness())
                + check.name()
                + (others == 0 ? "" : " (and " + others + " more)");
        Optional<Check> subject =
                verdict == Verdict.INCONCLUSIVE ? Optional.empty() : Signature.subject(check.strength(), checks);
        return new Judgement(
                verdict,
                reason,
                wording.expected(),
                wording.actual(),
                subject.map(Signature::of).orElse(""),
                KnownStatus.UNLISTED,
                subject.flatMap(SharedCauses::of),
                Optional.empty(),
                JudgementNotes.NONE);
    }

    static String where(Witness witness) {
        return switch (witness) {
            case SCRIPT -> "in the script, ";
            case WIRE -> "on the wire, ";
            case SERVER -> "at the server, ";
        };
    }

    /**
     * Returns the failure that is nearest to the cause: the earliest. Wire checks come last, because they are made at
     * the end.
     */
    private static Optional<Check> first(List<Check> checks, Strength strength, Check.Outcome outcome) {
        return checks.stream()
                .filter(check -> check.outcome() == outcome && check.strength() == strength)
                .min(Comparator.<Check>comparingInt(check -> check.witness() == Witness.WIRE ? 1 : 0)
                        .thenComparingLong(Check::nanos));
    }
}
