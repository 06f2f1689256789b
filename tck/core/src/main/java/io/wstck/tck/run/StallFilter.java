package io.wstck.tck.run;

import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.CheckKind;
import io.wstck.tck.judge.MeasuredTime;
import io.wstck.tck.judge.NamedCheck;
import io.wstck.tck.judge.Witness;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds failed checks that a stall of this machine may explain, and marks them as in doubt. In a case that depends on a
 * clock, a late wakeup is enough. In other cases only a stall of about a second counts, and only for what the server
 * waited for. Durations that were too short are never in doubt.
 *
 * @param epoch the {@link System#nanoTime} that the times of the checks count from
 * @param ended the end of the case, a {@link System#nanoTime}
 */
record StallFilter(StallLog stallLog, long epoch, long ended) {
    /** Upper bounds have 2 s of slack. A stall of an eighth of that suggests that stalls may have used up the rest. */
    static final Duration CLOCK_TOLERANCE = Duration.ofMillis(250);

    /**
     * A connection attempt that must time out has a few hundred milliseconds to reach its server, and needs the
     * processor several times.
     */
    private static final Duration MISSING_EVENT_TOLERANCE = Duration.ofMillis(100);

    /** A stall shorter than a twentieth of the time that the server waited does not explain a missed step. */
    private static final int WAIT_DIVISOR = 20;

    /** In event-driven cases the server allows 1 s after the script ends. Only a stall of about 1 s can use that up. */
    private static final Duration EVENT_DRIVEN_TOLERANCE = Duration.ofMillis(900);

    private static final Set<NamedCheck> KIT_CHECKS =
            EnumSet.of(NamedCheck.TIME_LIMIT, NamedCheck.CLIENT_MADE, NamedCheck.CLIENT_LET_GO);

    /** Makes the log record the worst stall of the whole case, so that a later judgement with other checks has it. */
    void recordWholeCase() {
        var _ = stallLog.worstStall(epoch, ended);
    }

    /** Returns the checks, with those in doubt marked. */
    List<Check> markDoubtful(List<Check> checks, TimingKind timing) {
        return checks.stream()
                .map(check -> markDoubtful(check, timing, waitOfServer(check, checks)))
                .toList();
    }

    /**
     * Returns how long the server waited for a step: the time since the previous check of the server. Zero for checks
     * of other witnesses.
     */
    private static Duration waitOfServer(Check check, List<Check> checks) {
        if (check.witness() != Witness.SERVER) {
            return Duration.ZERO;
        }
        long before = checks.stream()
                .filter(other -> other.witness() == Witness.SERVER && other.nanos() < check.nanos())
                .mapToLong(Check::nanos)
                .max()
                .orElse(0);
        return Duration.ofNanos(check.nanos() - before);
    }

    private Check markDoubtful(Check check, TimingKind timing, Duration waited) {
        if (check.outcome() != Check.Outcome.FAILED || isTooShort(check) || isMadeByKit(check)) {
            return check;
        }
        Duration stall = worstStall(check);
        return stall.compareTo(toleratedStall(check, timing, waited)) > 0
                ? check.inDoubt("this machine woke " + stall.toMillis() + " ms late meanwhile")
                : check;
    }

    private static Duration toleratedStall(Check check, TimingKind timing, Duration waited) {
        if (check.measured().isPresent()) {
            return CLOCK_TOLERANCE;
        }
        return switch (timing) {
            case CLOCK ->
                isMissingEvent(check)
                        ? longerOf(MISSING_EVENT_TOLERANCE, waited.dividedBy(WAIT_DIVISOR))
                        : CLOCK_TOLERANCE;
            case EVENTS -> isMissingEvent(check) ? EVENT_DRIVEN_TOLERANCE : ChronoUnit.FOREVER.getDuration();
        };
    }

    private static Duration longerOf(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** True for checks that failed because something did not happen in time. */
    static boolean isMissingEvent(Check check) {
        return switch (check.witness()) {
            case SCRIPT -> false;
            case WIRE -> check.kind() != NamedCheck.SERVER_ENDED_FIRST; // an order of two events
            case SERVER -> !isClientAction(check);
        };
    }

    /** True for checks of the server that failed because of something that the client did. */
    private static boolean isClientAction(Check check) {
        return check.kind() instanceof CheckKind.Violation || check.kind() == NamedCheck.JOURNAL;
    }

    /** True for checks of the script that the kit itself made. The kit looked for stalls when it made them. */
    private static boolean isMadeByKit(Check check) {
        return check.witness() == Witness.SCRIPT
                && check.kind() instanceof NamedCheck named
                && KIT_CHECKS.contains(named);
    }

    private static boolean isTooShort(Check check) {
        return check.measured().filter(MeasuredTime::isTooShort).isPresent();
    }

    private Duration worstStall(Check check) {
        Optional<MeasuredTime> measured = check.measured();
        if (measured.isPresent() && check.witness() == Witness.SCRIPT) {
            long at = epoch + check.nanos();
            return stallLog.worstStall(at - Math.round(measured.get().ms() * 1e6), at);
        }
        return stallLog.worstStall(epoch, ended);
    }
}
