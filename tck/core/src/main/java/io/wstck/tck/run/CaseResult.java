package io.wstck.tck.run;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.judge.Cause;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.MeasuredTime;
import io.wstck.tck.judge.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The result of one case in one repetition.
 *
 * @param repetition number of the repetition, from 1
 * @param attempts number of attempts until the verdict, from 1; 0 for a skipped case
 * @param measured the times that the last attempt measured
 * @param transcript everything that the witnesses saw in order of time, one line each
 * @param timeline the transcript as entries of a diagram
 * @param caseRecord the records of the last attempt, if the plan keeps them and there are any
 * @param earlier the judgements of the earlier attempts, in order
 */
public record CaseResult(
        TestCase testCase,
        Judgement judgement,
        int repetition,
        int attempts,
        Duration duration,
        List<MeasuredTime> measured,
        List<String> transcript,
        List<TimelineEntry> timeline,
        Optional<CaseRecord> caseRecord,
        List<Judgement> earlier) {

    public CaseResult {
        earlier = List.copyOf(earlier);
        measured = List.copyOf(measured);
        transcript = List.copyOf(transcript);
        timeline = List.copyOf(timeline);
    }

    /** Creates a result of a single attempt, without records. */
    public CaseResult(
            TestCase testCase,
            Judgement judgement,
            int repetition,
            int attempts,
            Duration duration,
            List<MeasuredTime> measured,
            List<String> transcript,
            List<TimelineEntry> timeline) {
        this(
                testCase,
                judgement,
                repetition,
                attempts,
                duration,
                measured,
                transcript,
                timeline,
                Optional.empty(),
                List.of());
    }

    /** Creates the result of a case that is not played. */
    static CaseResult skipped(TestCase testCase, int repetition, String reason) {
        Judgement judgement = Judgement.of(Verdict.SKIPPED, reason);
        return new CaseResult(testCase, judgement, repetition, 0, Duration.ZERO, List.of(), List.of(), List.of());
    }

    /** Returns the same result with another judgement. */
    CaseResult withJudgement(Judgement other) {
        return with(other, caseRecord);
    }

    /** Returns the same result without the records, which may be large. */
    CaseResult withoutRecord() {
        return with(judgement, Optional.empty());
    }

    private CaseResult with(Judgement other, Optional<CaseRecord> kept) {
        return new CaseResult(
                testCase, other, repetition, attempts, duration, measured, transcript, timeline, kept, earlier);
    }

    /** Returns the cause of the finding, if the judgement is one. */
    public Cause cause() {
        Clause breached = testCase.cause().orElse(testCase.clause());
        Cause own = new Cause(breached.id(), breached.id(), breached.breach().orElse(breached.statement()));
        boolean ownOnly = testCase.cause()
                .filter(cause -> cause.equals(testCase.clause()) || cause.ownsItsFindings())
                .isPresent();
        return ownOnly && !judgement.lacksOnlyTheCloseFrame()
                ? own
                : judgement.sharedCause().orElse(own);
    }

    /** Returns the verdict as it was before the list of known deviations was applied. */
    public Verdict originalVerdict() {
        return verdict() == Verdict.KNOWN ? Verdict.FAILED : verdict();
    }

    public Verdict verdict() {
        return judgement.verdict();
    }
}
