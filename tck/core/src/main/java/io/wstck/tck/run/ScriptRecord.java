package io.wstck.tck.run;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.judge.Check;
import java.util.List;

/**
 * Everything that the script of a case reported.
 *
 * @param observations texts for a <em>may</em> clause
 * @param outcomes the accepted outcomes that were seen
 */
public record ScriptRecord(List<Check> checks, List<String> observations, List<String> outcomes, TimingKind timing) {
    public ScriptRecord {
        checks = List.copyOf(checks);
        observations = List.copyOf(observations);
        outcomes = List.copyOf(outcomes);
    }

    static ScriptRecord of(CheckRecorder recorder) {
        return new ScriptRecord(recorder.checks(), recorder.observations(), recorder.outcomes(), recorder.timing());
    }

    /** Returns whether the course of the case depends on a clock, by its declaration or by its script. */
    TimingKind timingOf(TestCase testCase) {
        return testCase.weight() == TestCase.Weight.WAITING ? TimingKind.CLOCK : timing;
    }
}
