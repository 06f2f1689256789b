package io.wstck.tck.run;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Measured;
import io.wstck.tck.judge.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * What became of one case.
 *
 * @param repetition from 1: which round of the run
 * @param attempts from 1: how often it was played until a verdict was believed
 * @param measured the times that the last attempt has measured
 * @param transcript what both witnesses saw, a line each, in order of time
 * @param sequence the same taken apart, for a diagram
 */
public record CaseResult(
        TestCase testCase,
        Judgement judgement,
        int repetition,
        int attempts,
        Duration duration,
        List<Measured> measured,
        List<String> transcript,
        List<Moment> sequence) {

    public CaseResult {
        measured = List.copyOf(measured);
        transcript = List.copyOf(transcript);
        sequence = List.copyOf(sequence);
    }

    /** The same result with another judgement. */
    CaseResult judged(Judgement other) {
        return new CaseResult(testCase, other, repetition, attempts, duration, measured, transcript, sequence);
    }

    public Verdict verdict() {
        return judgement.verdict();
    }
}
