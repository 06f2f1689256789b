package io.wstck.tck.run;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseFile;
import io.wstck.tck.cases.CaseFileException;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.BundledClient;
import io.wstck.tck.implementation.Implementation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A server and the bundled client, for tests that play their own cases. */
public final class TestHarness implements AutoCloseable {
    public final ReferenceServer server;
    public final BundledClient client;
    private final AuthorityFile trust;

    private TestHarness(ReferenceServer server) {
        this.server = server;
        trust = AuthorityFile.of(server::authorityPem);
        client = new BundledClient("test", trust);
    }

    public static TestHarness start() throws IOException {
        return new TestHarness(ReferenceServer.start(ServerConfig.loopback()));
    }

    /** Loads the cases in the text of one file, {@code test.lua}. */
    public static List<TestCase> cases(String lua) throws CaseFileException {
        return cases(CaseFile.of("test.lua", lua));
    }

    public static List<TestCase> cases(CaseFile... files) throws CaseFileException {
        return CaseCatalogue.load(ClauseCatalogue.load(), Arrays.asList(files)).cases();
    }

    /** Plays a plan against an implementation. */
    HarnessRun play(Implementation implementation, RunPlan plan) throws InterruptedException {
        return play(new Runner(implementation, server), plan);
    }

    /** Plays cases with a given stall log. */
    List<CaseResult> play(Implementation implementation, List<TestCase> cases, StallLog lateness)
            throws InterruptedException {
        Runner runner = new Runner(implementation, server, Optional.of(lateness));
        return play(runner, new RunPlan(cases, 1, 1, 1)).results();
    }

    private static HarnessRun play(Runner runner, RunPlan plan) throws InterruptedException {
        List<CaseResult> results = new ArrayList<>();
        RunSummary summary = runner.run(plan, "test", new RunListener() {
            @Override
            public void started(RunInfo info) {}

            @Override
            public void finished(CaseResult result) {
                results.add(result);
            }

            @Override
            public void ended(RunSummary ended) {}
        });
        return new HarnessRun(List.copyOf(results), summary);
    }

    /** Plays the cases of a text once against the bundled client, in parallel. */
    HarnessRun play(String lua) throws Exception {
        return play(client, new RunPlan(cases(lua), 4, 1, 1));
    }

    /** As {@link #play(String)}, and no wakeup of this machine seems late: findings are not played again. */
    HarnessRun playPunctually(String lua) throws Exception {
        Runner runner = new Runner(client, server, Optional.of((_, _) -> Duration.ZERO));
        return play(runner, new RunPlan(cases(lua), 4, 1, 1));
    }

    /** Returns a binding clause that accepts several outcomes. */
    Clause acceptingClause() {
        return ClauseCatalogue.load().clauses().stream()
                .filter(clause -> clause.level().binding() && !clause.accepts().isEmpty())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        client.close();
        trust.close();
        server.close();
    }

    /** The results of a run, in the order in which the cases ended. */
    record HarnessRun(List<CaseResult> results, RunSummary summary) {
        CaseResult result(String id) {
            return results.stream()
                    .filter(result -> result.testCase().id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("expected a result of " + id + ", got " + results));
        }
    }
}
