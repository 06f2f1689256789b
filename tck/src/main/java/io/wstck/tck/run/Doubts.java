package io.wstck.tck.run;

import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.JournalReading;
import io.wstck.tck.judge.Measured;
import io.wstck.tck.judge.Witness;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Finds the failed checks that this machine may be to blame for: those of a case that goes by a clock, while the machine woke late; and
 * those of what the server waited for, while it stood still. What came too early is never among them.
 *
 * @param epoch the {@link System#nanoTime} that the checks' times count from
 * @param ended when the case was over
 */
record Doubts(Lateness lateness, long epoch, long ended) {
    /** Upper bounds leave two seconds of room: an eighth of that at once says that the machine could have used up the rest too. */
    static final Duration TOLERATED = Duration.ofMillis(250);

    /** What is to time out has a few hundred milliseconds to reach its server in, and needs several turns of the processor for it. */
    private static final Duration HURRIED = Duration.ofMillis(100);

    /** A server that waited for 15 s was not late because the machine once was for less than a twentieth of that. */
    private static final int PART_OF_WAITING = 20;

    /** Who gets a second for something in a case that goes by no clock, as the end of a script gives the server, loses as much at once. */
    private static final Duration STOOD_STILL = Duration.ofMillis(900);

    /** Has it noted how late the machine was, also for whoever judges again by other checks. */
    void note() {
        var _ = lateness.worst(epoch, ended);
    }

    /** The checks, those in doubt marked as such. */
    List<Check> mark(List<Check> checks, Pace pace) {
        return checks.stream()
                .map(check -> mark(check, pace, waited(check, checks)))
                .toList();
    }

    /** How long the server waited for what a check is about: since its last step before. Zero for checks of others. */
    private static Duration waited(Check check, List<Check> checks) {
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

    private Check mark(Check check, Pace pace, Duration waited) {
        if (check.outcome() != Check.Outcome.FAILED || tooEarly(check) || DecidedChecks.has(check)) {
            return check;
        }
        Duration worst = worst(check);
        return worst.compareTo(tolerated(check, pace, waited)) > 0
                ? check.inDoubt("this machine woke " + worst.toMillis() + " ms late meanwhile")
                : check;
    }

    private static Duration tolerated(Check check, Pace pace, Duration waited) {
        if (check.measured().isPresent()) {
            return TOLERATED;
        }
        return switch (pace) {
            case CLOCK -> owed(check) ? longer(HURRIED, waited.dividedBy(PART_OF_WAITING)) : TOLERATED;
            case EVENTS -> owed(check) ? STOOD_STILL : ChronoUnit.FOREVER.getDuration();
        };
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Whether it is about what the client did not do in the time that the server gives it; what it did, it did. */
    private static boolean owed(Check check) {
        return switch (check.witness()) {
            case SCRIPT -> false;
            case WIRE -> true;
            case SERVER -> !JournalReading.isConduct(check);
        };
    }

    private static boolean tooEarly(Check check) {
        return check.measured().filter(Measured::tooShort).isPresent();
    }

    private Duration worst(Check check) {
        Optional<Measured> measured = check.measured();
        if (measured.isPresent() && check.witness() == Witness.SCRIPT) {
            long at = epoch + check.nanos();
            return lateness.worst(at - Math.round(measured.get().ms() * 1e6), at);
        }
        return lateness.worst(epoch, ended);
    }
}
