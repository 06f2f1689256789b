package io.wstck.tck.run;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.judge.Cause;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Measured;
import io.wstck.tck.judge.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of one case.
 *
 * @param repetition from 1: which round of the run
 * @param attempts from 1: how often it was played until a verdict was believed
 * @param measured the times that the last attempt has measured
 * @param transcript what both witnesses saw, a line each, in order of time
 * @param sequence the same taken apart, for a diagram
 * @param left what the last attempt was judged by, where the plan keeps it and there is any
 * @param earlier what each earlier attempt was judged, in order
 */
public record CaseResult(
        TestCase testCase,
        Judgement judgement,
        int repetition,
        int attempts,
        Duration duration,
        List<Measured> measured,
        List<String> transcript,
        List<Moment> sequence,
        Optional<CaseRecord> left,
        List<Judgement> earlier) {

    public CaseResult {
        earlier = List.copyOf(earlier);
        measured = List.copyOf(measured);
        transcript = List.copyOf(transcript);
        sequence = List.copyOf(sequence);
    }

    /** The result of the first attempt, of which nothing is left. */
    public CaseResult(
            TestCase testCase,
            Judgement judgement,
            int repetition,
            int attempts,
            Duration duration,
            List<Measured> measured,
            List<String> transcript,
            List<Moment> sequence) {
        this(
                testCase,
                judgement,
                repetition,
                attempts,
                duration,
                measured,
                transcript,
                sequence,
                Optional.empty(),
                List.of());
    }

    /** The result of a case that is not played. */
    static CaseResult skipped(TestCase testCase, int repetition, String reason) {
        Judgement judgement = Judgement.of(Verdict.SKIPPED, reason);
        return new CaseResult(testCase, judgement, repetition, 0, Duration.ZERO, List.of(), List.of(), List.of());
    }

    /** The same result with another judgement. */
    CaseResult judged(Judgement other) {
        return with(other, left);
    }

    /** The same result without what it was judged by, which may be large. */
    CaseResult light() {
        return with(judgement, Optional.empty());
    }

    private CaseResult with(Judgement other, Optional<CaseRecord> kept) {
        return new CaseResult(
                testCase, other, repetition, attempts, duration, measured, transcript, sequence, kept, earlier);
    }

    /** What is wrong with the implementation, if the judgement is a finding. */
    public Cause cause() {
        Clause breached = testCase.cause().orElse(testCase.clause());
        Cause own = new Cause(breached.id(), breached.id(), breached.breach().orElse(breached.statement()));
        boolean never = testCase.cause().equals(Optional.of(testCase.clause()));
        return never ? own : judgement.sharedCause().orElse(own);
    }

    /** The verdict before the list of known deviations made something else of it. */
    public Verdict found() {
        return verdict() == Verdict.KNOWN ? Verdict.FAILED : verdict();
    }

    public Verdict verdict() {
        return judgement.verdict();
    }
}
