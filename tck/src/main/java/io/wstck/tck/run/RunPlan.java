package io.wstck.tck.run;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.known.KnownDeviations;
import java.util.List;

/**
 * What to play, and how. Cases that the profile does not play are left out.
 *
 * @param jobs how many light cases run side by side, 1 to {@link #MAX_JOBS}
 * @param seed decides the order of the cases
 * @param repetitions how often all of them are played, 1 to {@link #MAX_REPETITIONS}
 * @param known what is known to deviate
 * @param evidence whether results carry what they were judged by
 * @param profile which contracts bind
 */
public record RunPlan(
        List<TestCase> cases,
        int jobs,
        long seed,
        int repetitions,
        KnownDeviations known,
        Keeping evidence,
        Profile profile) {

    /** Most cases wait for a socket most of the time: more of them than processors keep both busy. */
    public static final int DEFAULT_JOBS = 4 * Math.max(1, Runtime.getRuntime().availableProcessors());

    /** A job is a thread. */
    public static final int MAX_JOBS = 1_000;

    /** Days of playing. */
    public static final int MAX_REPETITIONS = 10_000;

    /** A plan without known deviations, in which both contracts bind. */
    public RunPlan(List<TestCase> cases, int jobs, long seed, int repetitions) {
        this(cases, jobs, seed, repetitions, KnownDeviations.NONE, Keeping.DROPPED, Profile.API);
    }

    /** What becomes of what a case was judged by. */
    public enum Keeping {
        DROPPED,
        /** Each {@link CaseResult} carries it: whoever hears of the result must not hold many of them. */
        KEPT
    }

    public RunPlan {
        cases = cases.stream()
                .filter(testCase -> profile.plays(testCase.clause()))
                .toList();
        if (jobs < 1 || jobs > MAX_JOBS || repetitions < 1 || repetitions > MAX_REPETITIONS) {
            throw new IllegalArgumentException("expected 1 to " + MAX_JOBS + " jobs and 1 to " + MAX_REPETITIONS
                    + " repetitions, got " + jobs + " and " + repetitions);
        }
    }
}
