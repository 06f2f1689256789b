package io.wstck.tck.prove;

import io.wstck.server.ReferenceServer;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.known.KnownDeviations;
import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunInfo;
import io.wstck.tck.run.RunListener;
import io.wstck.tck.run.RunPlan;
import io.wstck.tck.run.RunSummary;
import io.wstck.tck.run.Runner;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Plays cases and keeps nothing but what became of each. Stateless but for the server, any thread. */
final class Plays {
    private static final String KIT = "prove";

    private final ReferenceServer server;

    Plays(ReferenceServer server) {
        this.server = server;
    }

    /**
     * The results by case id, in the order of the cases. As {@link Runner} plays them, side by side; cases that a run that ended early did
     * not play have none.
     */
    Map<String, CaseResult> play(Implementation client, List<TestCase> cases, int jobs) throws InterruptedException {
        Map<String, CaseResult> results = new LinkedHashMap<>();
        cases.forEach(testCase -> results.put(testCase.id(), null));
        Map<Profile, List<TestCase>> byProfile = cases.stream().collect(Collectors.groupingBy(Clients::profile));
        for (Map.Entry<Profile, List<TestCase>> played : byProfile.entrySet()) {
            RunPlan plan = new RunPlan(
                    played.getValue(), jobs, 0, 1, KnownDeviations.NONE, RunPlan.Keeping.DROPPED, played.getKey());
            new Runner(client, server).run(plan, KIT, new Collector(results));
        }
        results.values().removeIf(Objects::isNull);
        return results;
    }

    /**
     * As {@link #play}, and what could not be judged, as timed cases cannot while this machine is late, once more: there are few of them, and
     * less goes on beside them.
     */
    Map<String, CaseResult> playPatiently(Implementation client, List<TestCase> cases, int jobs)
            throws InterruptedException {
        Map<String, CaseResult> results = play(client, cases, jobs);
        List<TestCase> again = cases.stream()
                .filter(testCase -> results.containsKey(testCase.id())
                        && results.get(testCase.id()).verdict() == Verdict.INCONCLUSIVE)
                .toList();
        results.putAll(play(client, again, 1));
        return results;
    }

    /** The case with less time, so that a script that hangs for its fault does not hold up the proof. */
    static TestCase within(TestCase testCase, Duration limit) {
        return testCase.withLimit(limit);
    }

    private record Collector(Map<String, CaseResult> results) implements RunListener {
        @Override
        public void started(RunInfo info) {
            // Only results count.
        }

        @Override
        public void finished(CaseResult result) {
            results.put(result.testCase().id(), result);
        }

        @Override
        public void ended(RunSummary summary) {
            // Only results count.
        }
    }
}
