package io.wstck.tck.prove;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.CaseResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plays one fault against the cases of the clauses that it breaks. For one thread. */
final class FaultTrial {
    /** The cheapest cases come first. */
    private static final List<TestCase.Weight> ORDER =
            List.of(TestCase.Weight.LIGHT, TestCase.Weight.WAITING, TestCase.Weight.HEAVY);

    /** The number of cases per clause that are played before the trial decides whether to play the rest. */
    private static final int SAMPLE_SIZE = 6;

    private final Fault fault;
    private final Implementation faulty;
    private final List<TestCase> cases;
    private final Baseline baseline;
    private final CaseBatchPlayer player;
    private final int jobs;
    private final WeightPermits permits;

    private final List<CaseResult> results = new ArrayList<>();

    /**
     * @param cases the cases of the broken clauses, in the order of the catalogue
     */
    FaultTrial(
            Fault fault,
            Implementation faulty,
            List<TestCase> cases,
            Baseline baseline,
            CaseBatchPlayer player,
            int jobs,
            WeightPermits permits) {
        this.fault = fault;
        this.faulty = faulty;
        this.cases = cases;
        this.baseline = baseline;
        this.player = player;
        this.jobs = jobs;
        this.permits = permits;
    }

    /** Plays the light cases. Then plays the waiting and the heavy cases of the clauses that are not caught yet. */
    FaultFinding judge() throws InterruptedException {
        for (TestCase.Weight weight : ORDER) {
            for (List<TestCase> candidates : List.of(sample(weight), select(weight, fault.breaks()))) {
                List<TestCase> next = candidates.stream().filter(this::isNeeded).toList();
                if (!next.isEmpty()) {
                    permits.runWithPermit(weight, () -> play(next));
                }
            }
        }
        return finding();
    }

    /** A sample of the cases of each clause. Neighbouring cases usually notice the same faults. */
    private List<TestCase> sample(TestCase.Weight weight) {
        List<TestCase> batch = new ArrayList<>();
        for (String clause : fault.breaks()) {
            List<TestCase> family = select(weight, List.of(clause));
            int count = Math.min(SAMPLE_SIZE, family.size());
            for (int index = 0; index < count; index++) {
                batch.add(family.get(index * family.size() / count));
            }
        }
        return batch;
    }

    private boolean isNeeded(TestCase testCase) {
        return uncaughtClauses().contains(testCase.clause().id())
                && results.stream().noneMatch(result -> result.testCase().id().equals(testCase.id()));
    }

    private FaultFinding finding() {
        List<String> survived = uncaughtClauses();
        List<TestCase> uncaughtCases = cases.stream()
                .filter(testCase -> survived.contains(testCase.clause().id()))
                .toList();
        List<CaseResult> failing = baseline.failures(uncaughtCases);
        List<CaseResult> inconclusive = results.stream()
                .filter(result -> result.verdict() == Verdict.INCONCLUSIVE
                        && survived.contains(result.testCase().clause().id()))
                .toList();
        if (!failing.isEmpty() || !inconclusive.isEmpty()) {
            return new FaultFinding.Unproven(fault, failing, inconclusive);
        }
        List<String> skipped = baseline.notPlayable(uncaughtCases);
        if (!skipped.isEmpty()) {
            return new FaultFinding.NotPlayable(fault, skipped);
        }
        List<CaseResult> showing = cases.stream()
                .flatMap(testCase -> results.stream()
                        .filter(result -> result.testCase().id().equals(testCase.id()) && baseline.showsFault(result)))
                .toList();
        List<String> noticed = showing.stream()
                .map(result -> result.testCase().id())
                .distinct()
                .toList();
        Map<String, CaseResult> causes = new LinkedHashMap<>();
        showing.forEach(result -> causes.putIfAbsent(result.cause().id(), result));
        return survived.isEmpty()
                ? new FaultFinding.Caught(fault, noticed, List.copyOf(causes.values()))
                : new FaultFinding.Survivor(fault, survived, noticed);
    }

    private void play(List<TestCase> batch) throws InterruptedException {
        baseline.play(batch);
        List<TestCase> limited = batch.stream().map(baseline::withLimit).toList();
        results.addAll(player.playWithRetry(faulty, limited, jobs).values());
    }

    private List<TestCase> select(TestCase.Weight weight, List<String> clauses) {
        return cases.stream()
                .filter(testCase -> testCase.weight() == weight
                        && clauses.contains(testCase.clause().id()))
                .toList();
    }

    /** The broken clauses for which no case has shown the fault yet. */
    private List<String> uncaughtClauses() {
        return fault.breaks().stream()
                .filter(clause -> results.stream()
                        .noneMatch(result ->
                                result.testCase().clause().id().equals(clause) && baseline.showsFault(result)))
                .toList();
    }
}
