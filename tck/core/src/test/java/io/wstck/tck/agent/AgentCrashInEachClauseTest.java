package io.wstck.tck.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.cases.CaseFile;
import io.wstck.tck.cases.CaseSource;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.agent.AgentImplementation;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunInfo;
import io.wstck.tck.run.RunListener;
import io.wstck.tck.run.RunPlan;
import io.wstck.tck.run.RunSummary;
import io.wstck.tck.run.Runner;
import io.wstck.tck.run.TestHarness;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plays one case per clause with an agent that crashes in it. These cases fail, and the others go on. */
@Timeout(180)
class AgentCrashInEachClauseTest {
    private static final int PLAYED_BESIDE = 2;

    private static final Set<Verdict> UNHARMED = Set.of(Verdict.PASSED, Verdict.OBSERVED, Verdict.SKIPPED);

    /**
     * Replaces {@code case}, so that chosen cases end with a connect that crashes the agent. It is one line, so that
     * line numbers stay the same.
     */
    private static final String DEATH = "local case = (function(declare_case) return function(id) "
            + "local declare = declare_case(id) return function(fields) "
            + "if CHOSEN[id] then local play = fields.client fields.client = function(t) play(t) "
            + "require('websocket').connect('" + CrashingAgentTransport.DEADLY_URL + "') end end "
            + "return declare(fields) end end end)(case) ";

    @Test
    void theCaseFailsWithTheAgentsOutputAndTheOthersHaveVerdicts() throws Exception {
        Collection<List<TestCase>> clauses = TestHarness.cases(
                        CaseSource.shipped().toArray(CaseFile[]::new))
                .stream()
                .filter(AgentCrashInEachClauseTest::isPlayable)
                .collect(Collectors.groupingBy(testCase -> testCase.clause().id()))
                .values();
        Set<String> deadly =
                clauses.stream().map(cases -> cases.getFirst().id()).collect(Collectors.toUnmodifiableSet());
        Set<String> beside = clauses.stream()
                .flatMap(cases -> cases.stream().skip(1).limit(PLAYED_BESIDE))
                .map(TestCase::id)
                .collect(Collectors.toUnmodifiableSet());

        List<CaseResult> results = play(deadly, beside);

        assertThat(deadly).hasSizeGreaterThan(90);
        assertThat(results).hasSize(deadly.size() + beside.size());
        // Compares names only: a whole result is too long for a message.
        assertThat(results.stream()
                        .filter(result -> deadly.contains(result.testCase().id()))
                        .filter(result -> result.verdict() != Verdict.FAILED
                                || !result.judgement().actual().contains(CrashingAgentTransport.LAST_WORDS))
                        .map(AgentCrashInEachClauseTest::summary))
                .isEmpty();
        assertThat(results.stream()
                        .filter(result -> beside.contains(result.testCase().id()))
                        .filter(result -> !UNHARMED.contains(result.verdict()))
                        .map(AgentCrashInEachClauseTest::summary))
                .isEmpty();
    }

    private static String summary(CaseResult result) {
        return result.testCase().id() + " " + result.verdict() + ": "
                + result.judgement().reason();
    }

    /** Whether the agent can play the case. Cases with clocks or megabytes would only make the test longer. */
    private static boolean isPlayable(TestCase testCase) {
        return testCase.weight() == TestCase.Weight.LIGHT
                && testCase.servers().isPresent()
                && testCase.clause().profile().isEmpty()
                && testCase.hosts().isEmpty()
                && Stream.of(Capability.LUA, Capability.CONSTANTS, Capability.WEB, Capability.PAGE)
                        .noneMatch(testCase.needs()::contains);
    }

    private static List<CaseResult> play(Set<String> deadly, Set<String> beside) throws Exception {
        String chosen = deadly.stream().map(id -> "['" + id + "']=true").collect(Collectors.joining(","));
        List<CaseFile> files = new ArrayList<>();
        for (CaseFile file : CaseSource.shipped()) {
            files.add(CaseFile.of(file.path(), DEATH.replace("CHOSEN[", "({" + chosen + "})[") + file.source()));
        }
        List<TestCase> cases = TestHarness.cases(files.toArray(CaseFile[]::new)).stream()
                .filter(testCase -> deadly.contains(testCase.id()) || beside.contains(testCase.id()))
                .toList();
        RecordingListener finished = new RecordingListener(new ArrayList<>());
        try (TestHarness stage = TestHarness.start();
                AuthorityFile trust = AuthorityFile.of(stage.server::authorityPem);
                AgentImplementation agents = AgentImplementation.start(new CrashingAgentTransport(), trust, _ -> {})) {
            RunSummary summary = new Runner(agents, stage.server).run(new RunPlan(cases, 4, 1, 1), "test", finished);
            assertThat(summary.early()).isEmpty();
        }
        return finished.results();
    }

    private record RecordingListener(List<CaseResult> results) implements RunListener {
        @Override
        public void started(RunInfo info) {}

        @Override
        public void finished(CaseResult result) {
            results.add(result);
        }

        @Override
        public void ended(RunSummary summary) {}
    }
}
