package io.wstck.tck.judge;

import io.wstck.tck.catalogue.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Comes from evidence to a verdict. Stateless. */
public final class Judge {
    private Judge() {}

    /** The judgement on a case of this level. */
    public static Judgement judge(Level level, Evidence evidence) {
        Judgement judgement = withoutHint(level, evidence);
        return judgement.isFinding()
                ? judgement.noted(new Notes(judgement.notes().parts(), evidence.hint()))
                : judgement;
    }

    private static Judgement withoutHint(Level level, Evidence evidence) {
        if (evidence.trouble().isPresent()) {
            return troubled(level, evidence, evidence.trouble().get());
        }
        for (Strength strength : Strength.values()) {
            Optional<Check> failed = first(evidence.checks(), strength, Check.Outcome.FAILED);
            if (failed.isPresent()) {
                Judgement judgement =
                        of(verdict(level, strength, evidence.accepted()), "", failed.get(), evidence.checks());
                return strength == Strength.SHOULD && (level == Level.MUST || level == Level.RFC)
                        ? judgement.noted(new Notes(Parts.of(level, evidence.checks()), Optional.empty()))
                        : judgement;
            }
            Optional<Check> doubtful = first(evidence.checks(), strength, Check.Outcome.IN_DOUBT);
            if (doubtful.isPresent()) {
                return of(Verdict.INCONCLUSIVE, "not believed: ", doubtful.get(), evidence.checks());
            }
        }
        return met(level, evidence);
    }

    /**
     * The judgement on a case whose contract may not bind in the profile of the run.
     *
     * @param level of the case
     * @param effective the level in that profile
     */
    public static Judgement judge(Level level, Level effective, Evidence evidence) {
        Judgement judgement = judge(effective, evidence);
        boolean failsWhereItBinds = level != effective && judge(level, evidence).verdict() == Verdict.FAILED;
        return failsWhereItBinds ? judgement.elsewhere(Verdict.FAILED) : judgement;
    }

    /**
     * The judgement on a client that has taken the program around it down, each time that the case was played. It has failed whatever the
     * level of the case: no clause leaves a client the choice to end its program.
     *
     * @param how it ended
     */
    public static Judgement died(String how) {
        return new Judgement(
                Verdict.FAILED,
                "the program that the client lives in died, and did so again when the case was alone in it",
                "a program that lives through the case",
                how,
                Signature.of("client", "program", "one that lives through the case", how),
                Listing.UNLISTED,
                Optional.of(SharedCauses.died()),
                Optional.empty(),
                Notes.NONE);
    }

    private static Judgement troubled(Level level, Evidence evidence, Trouble trouble) {
        List<Check> before = evidence.checks().stream()
                .filter(check -> check.nanos() < trouble.nanos())
                .toList();
        // A missed should is no verdict: what the trouble hides could be worse.
        return first(before, Strength.ANY_LEVEL, Check.Outcome.FAILED)
                .or(() -> first(before, Strength.CASE, Check.Outcome.FAILED))
                .map(failed -> of(verdict(level, failed.strength(), evidence.accepted()), "", failed, before))
                .orElseGet(() -> Judgement.of(Verdict.INCONCLUSIVE, trouble.what()));
    }

    private static Judgement met(Level level, Evidence evidence) {
        String seen = String.join(
                "; ",
                Stream.concat(evidence.observations().stream(), evidence.outcomes().stream())
                        .distinct()
                        .toList());
        if (level == Level.MAY && !seen.isEmpty()) {
            return Judgement.of(Verdict.OBSERVED, seen);
        }
        if (evidence.checks().isEmpty()) {
            return Judgement.of(Verdict.INCONCLUSIVE, "the case made no check, so nothing is known");
        }
        return level == Level.MAY
                ? Judgement.of(Verdict.OBSERVED, "every check was met, the last one: " + last(evidence.checks()))
                : Judgement.of(Verdict.PASSED, seen);
    }

    private static String last(List<Check> checks) {
        Check last = checks.getLast();
        Wording wording = Wording.of(last);
        return last.actual().isEmpty() ? wording.what() : wording.what() + ": " + wording.actual();
    }

    /**
     * A <em>may</em> is never failed, unless the client has raised an error of the JVM; but an outcome that its clause does not list among
     * the accepted ones is worth a warning.
     */
    private static Verdict verdict(Level level, Strength strength, Evidence.Accepted accepted) {
        return switch (strength) {
            case ANY_LEVEL -> Verdict.FAILED;
            case SHOULD -> level == Level.MAY ? Verdict.OBSERVED : Verdict.WARNED;
            case CASE ->
                switch (level) {
                    case MUST, RFC -> Verdict.FAILED;
                    case SHOULD -> Verdict.WARNED;
                    case MAY -> accepted == Evidence.Accepted.LISTED ? Verdict.WARNED : Verdict.OBSERVED;
                };
        };
    }

    private static Judgement of(Verdict verdict, String belief, Check check, List<Check> checks) {
        long more = checks.stream()
                .filter(other -> !other.met() && other.outcome() != Check.Outcome.NOT_JUDGED && !other.equals(check))
                .count();
        Wording wording = Wording.of(check);
        String position = check.position().isEmpty() ? "" : check.position() + ": ";
        String reason = belief
                + position
                + where(check.witness())
                + check.name()
                + (more == 0 ? "" : " (and " + more + " more)");
        Optional<Check> subject =
                verdict == Verdict.INCONCLUSIVE ? Optional.empty() : Signature.subject(check.strength(), checks);
        return new Judgement(
                verdict,
                reason,
                wording.expected(),
                wording.actual(),
                subject.map(Signature::of).orElse(""),
                Listing.UNLISTED,
                subject.flatMap(SharedCauses::of),
                Optional.empty(),
                Notes.NONE);
    }

    static String where(Witness witness) {
        return switch (witness) {
            case SCRIPT -> "in the script, ";
            case WIRE -> "on the wire, ";
            case SERVER -> "at the server, ";
        };
    }

    /** What failed first is nearest to the cause; the wire's own checks are made last, whatever they are about. */
    private static Optional<Check> first(List<Check> checks, Strength strength, Check.Outcome outcome) {
        return checks.stream()
                .filter(check -> check.outcome() == outcome && check.strength() == strength)
                .min(Comparator.<Check>comparingInt(check -> check.witness() == Witness.WIRE ? 1 : 0)
                        .thenComparingLong(Check::nanos));
    }
}
