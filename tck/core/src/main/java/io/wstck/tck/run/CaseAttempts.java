package io.wstck.tck.run;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession.ScriptEnd;
import io.wstck.tck.implementation.NotJudgedReason;
import io.wstck.tck.implementation.SafeText;
import io.wstck.tck.implementation.calls.NotJudgedException;
import io.wstck.tck.judge.AdapterHints;
import io.wstck.tck.judge.Judge;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.JudgementNotes;
import io.wstck.tck.judge.KnownStatus;
import io.wstck.tck.judge.MeasuredTime;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.known.KnownDeviations;
import io.wstck.tck.run.AttemptPlayer.Isolation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Plays one case of one repetition, up to three times, until it has a verdict. A verdict about the implementation
 * counts at once, with one exception. If it rests on a time limit and other cases shared the process, the case is
 * played again apart from them. Not thread-safe.
 */
final class CaseAttempts {
    private static final int MAX_ATTEMPTS = 3;

    /**
     * A script that reached its limit twice, the second time without other cases, would most likely reach it a third
     * time.
     */
    private static final int MAX_TIME_LIMITS = 2;

    /**
     * The limit of the first attempt for a case that is expected to time out. A repeated attempt has the whole limit.
     */
    private static final Duration FIRST_LIMIT_OF_KNOWN = Duration.ofSeconds(5);

    /**
     * After this number of suspect findings were confirmed by a second attempt, the others are believed without one.
     */
    private static final int MAX_CONFIRMATIONS = 3;

    private final TestCase testCase;

    /** The case with the limit of the first attempt. */
    private final TestCase firstAttemptCase;

    private final SharedSettings settings;
    private final int repetition;
    private final ScriptActivity activity;

    /** The judgements of all attempts except the last. */
    private final List<Judgement> earlierJudgements = new ArrayList<>();

    private Isolation nextIsolation = Isolation.SHARED_PROCESS;
    private int attempts;

    /** Number of attempts that used up the whole limit of the case. */
    private int timeLimits;

    private Duration duration = Duration.ZERO;

    /** The first attempt, if it had a finding that a slow machine may explain. */
    private Optional<Attempt> suspectAttempt = Optional.empty();

    /**
     * Settings that all cases of a repetition share.
     *
     * @param repeatIsolation the isolation for a repeated attempt when other cases may be to blame
     * @param home where the client runs
     * @param known the known deviations of the client
     * @param confirmations number of suspect findings that a second attempt has confirmed
     */
    record SharedSettings(
            Isolation repeatIsolation,
            Implementation.ClientLocation home,
            KnownDeviations known,
            StallLog stallLog,
            AtomicInteger confirmations) {}

    private CaseAttempts(
            TestCase testCase,
            TestCase firstAttemptCase,
            SharedSettings settings,
            int repetition,
            ScriptActivity activity) {
        this.testCase = testCase;
        this.firstAttemptCase = firstAttemptCase;
        this.settings = settings;
        this.repetition = repetition;
        this.activity = activity;
    }

    /** Creates the attempts of a case with its whole limit each time. */
    static CaseAttempts of(TestCase testCase, SharedSettings settings, int repetition, ScriptActivity activity) {
        return new CaseAttempts(testCase, testCase, settings, repetition, activity);
    }

    /**
     * Creates the attempts of a known deviation. A light case first has a limit of 5 s, and is replayed in its own
     * process if that was too short.
     */
    static CaseAttempts ofKnownDeviation(
            TestCase testCase, SharedSettings settings, int repetition, ScriptActivity activity) {
        TestCase firstAttemptCase =
                testCase.weight() == TestCase.Weight.LIGHT ? testCase.withLimit(FIRST_LIMIT_OF_KNOWN) : testCase;
        return new CaseAttempts(testCase, firstAttemptCase, settings, repetition, activity);
    }

    TestCase testCase() {
        return testCase;
    }

    /**
     * One attempt.
     *
     * @param timedOut whether the first failure is a time limit
     * @param missedEvent whether the first failure is an event that did not come, in a case that waits for a clock
     * @param abandonedCall whether a call of the client was abandoned because it did not return when it was stopped
     */
    private record Attempt(
            Judgement judgement,
            Optional<NotJudgedReason> hindrance,
            ScriptEnd end,
            boolean timedOut,
            boolean missedEvent,
            boolean abandonedCall,
            List<MeasuredTime> measured,
            List<String> transcript,
            List<TimelineEntry> timeline,
            Optional<CaseRecord> caseRecord) {

        /** Creates an attempt that ended before the case began. */
        static Attempt without(Judgement judgement, List<String> transcript) {
            return new Attempt(
                    judgement,
                    Optional.empty(),
                    ScriptEnd.ENDED,
                    false,
                    false,
                    false,
                    List.of(),
                    transcript,
                    List.of(),
                    Optional.empty());
        }
    }

    /** Returns the result SKIPPED if the implementation cannot play the case. */
    Optional<CaseResult> skippedResult(Implementation implementation) throws InterruptedException {
        Optional<String> unmet = NeedCheck.of(testCase.needs(), implementation.description());
        return (unmet.isPresent() ? unmet : nameProblem(implementation))
                .map(reason -> result(Attempt.without(Judgement.of(Verdict.SKIPPED, reason), List.of())));
    }

    private Optional<String> nameProblem(Implementation implementation) throws InterruptedException {
        for (String host : testCase.hosts()) {
            Optional<String> problem = implementation.nameProblem(host);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /** Returns the isolation of the next attempt. */
    Isolation nextIsolation() {
        return nextIsolation;
    }

    /**
     * Plays the case once, in the isolation that {@link #nextIsolation} returns.
     *
     * @param deaths is told whether the agent survived
     * @return empty if the case has to be played again: it was inconclusive for a reason that may pass, or another case
     * may have caused the failure
     */
    Optional<CaseResult> play(AttemptPlayer player, AgentDeaths deaths) throws InterruptedException {
        if (suspectAttempt.isPresent() && settings.confirmations().get() >= MAX_CONFIRMATIONS) {
            earlierJudgements.clear();
            return Optional.of(result(suspectAttempt.get()));
        }
        Isolation isolation = nextIsolation;
        TestCase played = isolation == Isolation.SHARED_PROCESS ? firstAttemptCase : testCase;
        long startNanos = System.nanoTime();
        Attempt attempt = playOnce(player, played, isolation);
        reportDeath(deaths, attempt, isolation);
        if (attempt.end() == ScriptEnd.OVERTIME && played.limit().equals(testCase.limit())) {
            timeLimits++;
        }
        boolean cutShort = played.limit().compareTo(testCase.limit()) < 0
                && System.nanoTime() - startNanos >= played.limit().toNanos();
        if (cutShort) {
            return repeat(settings.repeatIsolation(), limitTooShort(played, attempt));
        }
        if (attempt.hindrance()
                .filter(what -> mayBeCausedByOthers(what, isolation))
                .isPresent()) {
            return repeat(
                    isolation == Isolation.SHARED_PROCESS ? settings.repeatIsolation() : Isolation.EXCLUSIVE,
                    judgementBeforeRepeat(attempt));
        }
        if (isolation == Isolation.SHARED_PROCESS && mayBeDelayedByOthers(attempt)) {
            return repeat(settings.repeatIsolation(), attempt.judgement());
        }
        if (attempts == 1 && mayBeCausedByMachine(attempt, startNanos)) {
            suspectAttempt = Optional.of(attempt);
            return repeat(Isolation.SHARED_PROCESS, attempt.judgement());
        }
        boolean inconclusive = attempt.judgement().verdict() == Verdict.INCONCLUSIVE
                && attempts < MAX_ATTEMPTS
                && timeLimits < MAX_TIME_LIMITS
                && attempt.hindrance().filter(CaseAttempts::isPermanent).isEmpty();
        if (inconclusive) {
            return repeat(isolation == Isolation.OWN_PROCESS ? Isolation.EXCLUSIVE : isolation, attempt.judgement());
        }
        if (suspectAttempt.isPresent() && attempt.judgement().isFinding()) {
            settings.confirmations().incrementAndGet();
        }
        return Optional.of(result(attempt));
    }

    private Optional<CaseResult> repeat(Isolation isolation, Judgement judgement) {
        nextIsolation = isolation;
        earlierJudgements.add(judgement);
        return Optional.empty();
    }

    private static Judgement limitTooShort(TestCase played, Attempt attempt) {
        return Judgement.of(
                Verdict.INCONCLUSIVE,
                "undecided after its first " + played.limit().toMillis() + " ms: "
                        + attempt.judgement().reason());
    }

    /**
     * Returns the judgement of an attempt to be repeated. The death of a shared process says nothing about any of its
     * cases.
     */
    private static Judgement judgementBeforeRepeat(Attempt attempt) {
        return attempt.hindrance().orElseThrow() instanceof NotJudgedReason.LostProgram lost
                ? Judgement.of(Verdict.INCONCLUSIVE, lost.sentence())
                : attempt.judgement();
    }

    /**
     * Returns whether another case may have caused the failure by keeping the process busy. Cases that wait for a clock
     * are never repeated for this reason. Neither are failures that match the list of known deviations.
     */
    private boolean mayBeDelayedByOthers(Attempt attempt) {
        return settings.home() == Implementation.ClientLocation.OTHER_PROGRAM
                && testCase.weight() != TestCase.Weight.WAITING
                && attempt.timedOut()
                && attempt.judgement().failsWhereItBinds()
                && !isAsListed(attempt);
    }

    /** Returns whether the finding is the one that the list of known deviations expects. */
    private boolean isAsListed(Attempt attempt) {
        return settings.known().apply(testCase.id(), attempt.judgement()).listing() == KnownStatus.AS_LISTED;
    }

    /**
     * Returns whether a slow machine may explain a finding. The case is then played again after the others. That is so
     * if the case waits for a clock and missed an event. It is also so if the machine stalled during most of a case
     * whose client runs in this JVM, since client and server then share the processors.
     */
    private boolean mayBeCausedByMachine(Attempt attempt, long startNanos) {
        return attempt.judgement().isFinding()
                && !attempt.abandonedCall()
                && settings.confirmations().get() < MAX_CONFIRMATIONS
                && !isAsListed(attempt)
                && (attempt.missedEvent() || stalledDuringMostOfIt(startNanos, System.nanoTime()));
    }

    private boolean stalledDuringMostOfIt(long startNanos, long now) {
        return settings.home() == Implementation.ClientLocation.THIS_JVM
                && Duration.ofNanos(now - startNanos).compareTo(testCase.limit().dividedBy(2)) >= 0
                && settings.stallLog().worstStall(startNanos, now).compareTo(StallLog.SLOW_MACHINE) > 0;
    }

    /**
     * Tells whether the agent died. Cases without a server do not count as finished: an agent that dies at each connect
     * survives them.
     */
    private void reportDeath(AgentDeaths deaths, Attempt attempt, Isolation isolation) {
        Optional<NotJudgedReason.LostProgram> lost = attempt.hindrance()
                .filter(NotJudgedReason.LostProgram.class::isInstance)
                .map(NotJudgedReason.LostProgram.class::cast);
        if (lost.isEmpty()
                && attempt.caseRecord().isPresent()
                && testCase.servers().isPresent()) {
            deaths.caseFinished();
        } else if (isolation == Isolation.SHARED_PROCESS) {
            lost.filter(loss -> loss.kind() == NotJudgedReason.LossKind.DIED).ifPresent(deaths::agentDied);
        }
    }

    /**
     * Returns whether another case may be the cause. In its own process a case cannot hang because of others, but the
     * operating system can kill the process when memory is short.
     */
    private static boolean mayBeCausedByOthers(NotJudgedReason hindrance, Isolation isolation) {
        return switch (hindrance) {
            case NotJudgedReason.LostProgram lost ->
                isolation == Isolation.SHARED_PROCESS
                        || (isolation == Isolation.OWN_PROCESS && lost.kind() == NotJudgedReason.LossKind.DIED);
            case NotJudgedReason.HangingCall _ -> isolation == Isolation.SHARED_PROCESS;
            case NotJudgedReason.Unsupported _, NotJudgedReason.AdapterTrouble _ -> false;
        };
    }

    private static boolean isPermanent(NotJudgedReason hindrance) {
        return hindrance instanceof NotJudgedReason.LostProgram;
    }

    private Attempt playOnce(AttemptPlayer player, TestCase testCase, Isolation isolation) throws InterruptedException {
        long startNanos = System.nanoTime();
        // The script of an earlier attempt may still be running and write to its own activity.
        ScriptActivity ownActivity = attempts == 0 ? activity : new ScriptActivity();
        attempts++;
        try {
            AttemptPlayer.CaseOutcome played = player.play(testCase, isolation, settings.stallLog(), ownActivity);
            return new Attempt(
                    judgement(played),
                    played.hindrance(),
                    played.end(),
                    played.timedOut(),
                    played.missedEvent(),
                    played.abandonedCall(),
                    played.evidence().measured(),
                    transcript(played),
                    played.timeline(),
                    caseRecord(played));
        } catch (UnplayableException e) {
            return Attempt.without(Judgement.of(Verdict.SKIPPED, e.getMessage()), List.of());
        } catch (NotJudgedException e) {
            return Attempt.without(Judgement.of(Verdict.INCONCLUSIVE, e.getMessage()), List.of());
        } catch (RuntimeException | Error e) {
            // A failure of the kit, even an error of the JVM, must affect only this case. The message names it as such.
            return Attempt.without(
                    Judgement.of(Verdict.INCONCLUSIVE, "the kit failed: " + SafeText.of(e)), stackTrace(e));
        } finally {
            duration = duration.plusNanos(System.nanoTime() - startNanos);
        }
    }

    /** Returns no record if the judgement is about the death of the client's process. */
    private static Optional<CaseRecord> caseRecord(AttemptPlayer.CaseOutcome played) {
        boolean judged =
                played.hindrance().isEmpty() || played.hindrance().get() instanceof NotJudgedReason.HangingCall;
        return judged ? Optional.of(played.caseRecord()) : Optional.empty();
    }

    private Judgement judgement(AttemptPlayer.CaseOutcome played) {
        if (played.hindrance().isEmpty()) {
            return Judge.judge(testCase.level(), played.level(), played.evidence());
        }
        return switch (played.hindrance().get()) {
            case NotJudgedReason.Unsupported(String what) -> Judgement.of(Verdict.SKIPPED, what);
            case NotJudgedReason.AdapterTrouble(String what) ->
                Judgement.of(Verdict.INCONCLUSIVE, what)
                        .withNotes(new JudgementNotes(List.of(), Optional.of(AdapterHints.ADAPTER_ERROR)));
            case NotJudgedReason.HangingCall _ -> Judge.judge(testCase.level(), played.level(), played.evidence());
            case NotJudgedReason.LostProgram lost -> judgeLoss(lost);
        };
    }

    /**
     * Judges the loss of a process. Called only when the case was alone in it; otherwise any of the cases may be the
     * cause.
     */
    private static Judgement judgeLoss(NotJudgedReason.LostProgram lost) {
        return switch (lost.kind()) {
            case DIED ->
                Judge.died(lost.sentence()
                        + CrashLine.of(lost.outputLines())
                                .map(line -> ", after it said: " + line)
                                .orElse(""));
            case CLOSED_BY_USER, HUNG, MISBEHAVED -> Judgement.of(Verdict.INCONCLUSIVE, lost.sentence());
        };
    }

    private static List<String> transcript(AttemptPlayer.CaseOutcome played) {
        List<String> lines = new ArrayList<>(played.transcript());
        played.hindrance().ifPresent(hindrance -> {
            lines.add("     kit       " + hindrance.sentence());
            if (hindrance instanceof NotJudgedReason.LostProgram lost) {
                lost.outputLines().forEach(line -> lines.add("     agent     " + line));
            }
        });
        return lines;
    }

    private CaseResult result(Attempt attempt) {
        return new CaseResult(
                testCase,
                attempt.judgement(),
                repetition,
                attempts,
                duration,
                attempt.measured(),
                attempt.transcript(),
                attempt.timeline(),
                attempt.caseRecord(),
                earlierJudgements);
    }

    private static List<String> stackTrace(Throwable failure) {
        List<String> lines = new ArrayList<>();
        lines.add(SafeText.of(failure));
        for (StackTraceElement element : failure.getStackTrace()) {
            lines.add("  at " + element);
        }
        return lines;
    }
}
