package io.wstck.tck.run;

import io.wstck.tck.cases.TestCase;
import java.util.List;

/**
 * What to play, and how.
 *
 * @param jobs how many light cases run side by side, at least 1
 * @param seed decides the order of the cases
 * @param repetitions how often all of them are played, at least 1
 */
public record RunPlan(List<TestCase> cases, int jobs, long seed, int repetitions) {

    /** Most cases wait for a socket most of the time: more of them than processors keep both busy. */
    public static final int DEFAULT_JOBS = 4 * Math.max(1, Runtime.getRuntime().availableProcessors());

    public RunPlan {
        cases = List.copyOf(cases);
        if (jobs < 1 || repetitions < 1) {
            throw new IllegalArgumentException(
                    "expected at least one job and one repetition, got " + jobs + " and " + repetitions);
        }
    }
}
