package io.wstck.tck.junit;

import io.wstck.server.ReferenceServer;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.catalogue.NaturalOrder;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.judge.KnownStatus;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.CaseText;
import io.wstck.tck.report.CompositeRunListener;
import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunInfo;
import io.wstck.tck.run.RunListener;
import io.wstck.tck.run.RunPlan;
import io.wstck.tck.run.RunSummary;
import io.wstck.tck.run.Runner;
import io.wstck.tck.run.Version;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * Turns cases into JUnit tests: a container for each section and clause, and in it one test per case, named by its id.
 * The {@link Runner} plays all cases before the first test. Each test then reports the result of its case. Stateless.
 */
public final class CaseTests {
    private CaseTests() {}

    /**
     * Plays a plan and returns its cases as tests for a {@code @TestFactory}. Blocks until every case was played.
     *
     * <p>A failed or inconclusive case fails its test. A skipped case, or one that fails as the known list says, aborts
     * its test with the reason. All other tests pass. If the run ends early, one more test fails with the reason.
     *
     * @param folder the folder of the case files, as a URI that JUnit supports, with a slash at its end:
     * {@code classpath:/io/wstck/fixtures/cases/}
     * @throws InterruptedException if the thread was interrupted; the run ends
     */
    public static List<DynamicNode> play(
            Implementation implementation, ReferenceServer server, RunPlan plan, URI folder)
            throws InterruptedException {
        return play(implementation, server, plan, folder, List.of());
    }

    /** Does the same as {@link #play(Implementation, ReferenceServer, RunPlan, URI)}, with more listeners. */
    static List<DynamicNode> play(
            Implementation implementation,
            ReferenceServer server,
            RunPlan plan,
            URI folder,
            List<RunListener> listeners)
            throws InterruptedException {
        FinishedCases results = new FinishedCases();
        List<RunListener> all = new ArrayList<>(listeners);
        all.addFirst(results);
        RunSummary summary =
                new Runner(implementation, server).run(plan, Version.current(), new CompositeRunListener(all));
        List<DynamicNode> tests = new ArrayList<>();
        summary.early().map(CaseTests::endedEarly).ifPresent(tests::add);
        tests.addAll(sections(results.finished, folder));
        return tests;
    }

    /** A failing test, because the cases that were not played have no tests. */
    private static DynamicNode endedEarly(RunSummary.EarlyEnd end) {
        return failing(
                "all cases are played",
                "the run ended early, and the cases without a test were not played: " + end.sentence()
                        + end.said().stream().map(line -> "\n  " + line).collect(Collectors.joining()));
    }

    /** A test that fails with a sentence. */
    static DynamicNode failing(String name, String sentence) {
        return DynamicTest.dynamicTest(name, () -> {
            throw new AssertionError(sentence);
        });
    }

    private static List<DynamicNode> sections(List<CaseResult> results, URI folder) {
        List<CaseResult> sorted = new ArrayList<>(results);
        sorted.sort(
                Comparator.comparing((CaseResult result) -> result.testCase().id(), NaturalOrder.INSTANCE)
                        .thenComparingInt(CaseResult::repetition));
        Map<String, SequencedMap<String, List<DynamicNode>>> sections = new TreeMap<>(NaturalOrder.INSTANCE);
        for (CaseResult result : sorted) {
            Clause clause = result.testCase().clause();
            sections.computeIfAbsent(clause.section(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(clause.id(), _ -> new ArrayList<>())
                    .add(test(result, folder));
        }
        List<DynamicNode> nodes = new ArrayList<>();
        sections.forEach((section, clauses) -> {
            List<DynamicNode> inner = new ArrayList<>();
            clauses.forEach((clause, tests) -> inner.add(DynamicContainer.dynamicContainer(clause, tests)));
            nodes.add(DynamicContainer.dynamicContainer(section, inner));
        });
        return nodes;
    }

    private static DynamicTest test(CaseResult result, URI folder) {
        String round = result.repetition() == 1 ? "" : " (round " + result.repetition() + ")";
        String line = "?line=" + Math.max(1, result.testCase().position().line());
        URI source = folder.resolve(result.testCase().position().file() + line);
        return DynamicTest.dynamicTest(result.testCase().id() + round, source, () -> report(result));
    }

    private static void report(CaseResult result) {
        String id = result.testCase().id();
        if (result.judgement().listing() == KnownStatus.OUTDATED) {
            throw new AssertionError(id + ": " + result.judgement().reason());
        }
        switch (result.verdict()) {
            case PASSED, WARNED, OBSERVED -> {}
            case KNOWN, SKIPPED ->
                Assumptions.abort(id + ": " + result.judgement().reason());
            case FAILED -> throw new AssertionError(id + ": FAILED: " + CaseText.full(CaseFinished.of(result)));
            case INCONCLUSIVE ->
                throw new AssertionError(id + ": INCONCLUSIVE, which is not a failure of the client: "
                        + CaseText.full(CaseFinished.of(result)));
        }
    }

    /** Collects the results of a run. One thread at a time calls it; the results are read after the run. */
    private static final class FinishedCases implements RunListener {
        private final List<CaseResult> finished = new ArrayList<>();

        @Override
        public void started(RunInfo info) {}

        @Override
        public void finished(CaseResult result) {
            finished.add(result);
        }

        @Override
        public void ended(RunSummary summary) {}
    }
}
