package io.wstck.tck.run;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.known.KnownDeviations;
import java.util.List;

/**
 * The cases of a run and its settings. Cases that the profile does not play are left out.
 *
 * @param jobs number of light cases that run at the same time, 1 to {@link #MAX_JOBS}
 * @param seed decides the order of the cases
 * @param repetitions how often all cases are played, 1 to {@link #MAX_REPETITIONS}
 * @param known the known deviations
 * @param evidence whether results carry the records that they were judged by
 * @param profile decides which contracts are binding
 */
public record RunPlan(
        List<TestCase> cases,
        int jobs,
        long seed,
        int repetitions,
        KnownDeviations known,
        EvidenceRetention evidence,
        Profile profile) {

    /** Most cases wait for a socket most of the time, so more jobs than processors are useful. */
    public static final int DEFAULT_JOBS = 4 * Math.max(1, Runtime.getRuntime().availableProcessors());

    /** Each job is a thread. */
    public static final int MAX_JOBS = 1_000;

    /** A run of that many repetitions takes days. */
    public static final int MAX_REPETITIONS = 10_000;

    /** Creates a plan without known deviations, in which both contracts are binding. */
    public RunPlan(List<TestCase> cases, int jobs, long seed, int repetitions) {
        this(cases, jobs, seed, repetitions, KnownDeviations.NONE, EvidenceRetention.DROPPED, Profile.API);
    }

    /** Whether results carry the records that they were judged by. */
    public enum EvidenceRetention {
        DROPPED,
        /** Each {@link CaseResult} carries its records. A listener must not hold many of them. */
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
