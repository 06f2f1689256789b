package io.wstck.tck.run;

import io.wstck.tck.judge.Check;
import java.util.List;

/**
 * What the script of a case said.
 *
 * @param observations what a <em>may</em> clause wanted to know
 * @param outcomes which of the accepted outcomes was seen
 */
public record ScriptRecord(List<Check> checks, List<String> observations, List<String> outcomes, Pace pace) {
    public ScriptRecord {
        checks = List.copyOf(checks);
        observations = List.copyOf(observations);
        outcomes = List.copyOf(outcomes);
    }

    static ScriptRecord of(CheckRecorder recorder) {
        return new ScriptRecord(recorder.checks(), recorder.observations(), recorder.outcomes(), recorder.pace());
    }
}
