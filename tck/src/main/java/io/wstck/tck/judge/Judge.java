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
        if (evidence.trouble().isPresent()) {
            return Judgement.of(Verdict.INCONCLUSIVE, evidence.trouble().get());
        }
        Optional<Check> failed = first(evidence.checks(), Strength.CASE);
        if (failed.isPresent()) {
            return failed(level, failed.get(), evidence.checks());
        }
        Optional<Check> missed = first(evidence.checks(), Strength.SHOULD);
        if (missed.isPresent()) {
            return of(level == Level.MAY ? Verdict.OBSERVED : Verdict.WARNED, missed.get(), evidence.checks());
        }
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
        return Judgement.of(level == Level.MAY ? Verdict.OBSERVED : Verdict.PASSED, seen);
    }

    private static Judgement failed(Level level, Check failed, List<Check> checks) {
        return switch (level) {
            case MUST, RFC -> of(Verdict.FAILED, failed, checks);
            case SHOULD -> of(Verdict.WARNED, failed, checks);
            case MAY -> of(Verdict.OBSERVED, failed, checks);
        };
    }

    private static Judgement of(Verdict verdict, Check check, List<Check> checks) {
        long more = checks.stream()
                .filter(other -> !other.met() && !other.equals(check))
                .count();
        String where = check.position().isEmpty() ? "" : check.position() + ": ";
        String who = switch (check.witness()) {
            case SCRIPT -> "in the script, ";
            case WIRE -> "on the wire, ";
            case SERVER -> "at the server, ";
        };
        String reason = where + who + check.name() + (more == 0 ? "" : " (and " + more + " more)");
        return new Judgement(verdict, reason, check.expected(), check.actual());
    }

    /** What failed first is nearest to the cause; the wire's own checks are made last, whatever they are about. */
    private static Optional<Check> first(List<Check> checks, Strength strength) {
        return checks.stream()
                .filter(check -> !check.met() && check.strength() == strength)
                .min(Comparator.<Check>comparingInt(check -> check.witness() == Witness.WIRE ? 1 : 0)
                        .thenComparingLong(Check::nanos));
    }
}
