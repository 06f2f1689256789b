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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Plays cases with one client, each in its profile, and returns only their results. Any thread. */
final class CaseBatchPlayer {
    private static final String KIT = "prove";

    private final ReferenceServer server;

    CaseBatchPlayer(ReferenceServer server) {
        this.server = server;
    }

    /**
     * Plays the cases side by side with {@link Runner}. Returns the results by case id, in the order of the cases. If
     * the run ends early, the remaining cases have no result.
     */
    Map<String, CaseResult> play(Implementation client, List<TestCase> cases, int jobs) throws InterruptedException {
        Map<String, CaseResult> results = new LinkedHashMap<>();
        cases.forEach(testCase -> results.put(testCase.id(), null));
        Map<Profile, List<TestCase>> byProfile =
                cases.stream().collect(Collectors.groupingBy(BaselineClients::profile));
        for (Map.Entry<Profile, List<TestCase>> played : byProfile.entrySet()) {
            RunPlan plan = new RunPlan(
                    played.getValue(),
                    jobs,
                    0,
                    1,
                    KnownDeviations.NONE,
                    RunPlan.EvidenceRetention.DROPPED,
                    played.getKey());
            new Runner(client, server).run(plan, KIT, new FinishedResults(results));
        }
        results.values().removeIf(Objects::isNull);
        return results;
    }

    /**
     * As {@link #play}, but plays inconclusive cases once more, one at a time. A timed case is inconclusive if the
     * machine stalls, which is less likely then.
     */
    Map<String, CaseResult> playWithRetry(Implementation client, List<TestCase> cases, int jobs)
            throws InterruptedException {
        Map<String, CaseResult> results = play(client, cases, jobs);
        List<TestCase> again = cases.stream()
                .filter(testCase -> results.containsKey(testCase.id())
                        && results.get(testCase.id()).verdict() == Verdict.INCONCLUSIVE)
                .toList();
        results.putAll(play(client, again, 1));
        return results;
    }

    private record FinishedResults(Map<String, CaseResult> results) implements RunListener {
        @Override
        public void started(RunInfo info) {
            // Only results are collected.
        }

        @Override
        public void finished(CaseResult result) {
            results.put(result.testCase().id(), result);
        }

        @Override
        public void ended(RunSummary summary) {
            // Only results are collected.
        }
    }
}
