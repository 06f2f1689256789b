package io.wstck.tck.run;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseFile;
import io.wstck.tck.cases.CaseFileException;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Catalogue;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.implementation.BundledClient;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.Trust;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A server and the bundled client, on which tests play cases of their own. */
public final class Stage implements AutoCloseable {
    public final ReferenceServer server;
    public final BundledClient client;
    private final Trust trust;

    private Stage(ReferenceServer server) {
        this.server = server;
        trust = Trust.in(server::authorityPem);
        client = new BundledClient("test", trust);
    }

    public static Stage start() throws IOException {
        return new Stage(ReferenceServer.start(ServerConfig.loopback()));
    }

    /** The cases of one file's text, {@code test.lua}. */
    public static List<TestCase> cases(String lua) throws CaseFileException {
        return cases(CaseFile.of("test.lua", lua));
    }

    public static List<TestCase> cases(CaseFile... files) throws CaseFileException {
        return CaseCatalogue.load(Catalogue.load(), Arrays.asList(files)).cases();
    }

    /** Plays a plan against an implementation. */
    Played play(Implementation implementation, RunPlan plan) throws InterruptedException {
        return play(new Runner(implementation, server), plan);
    }

    /** Plays cases on a machine of that lateness. */
    List<CaseResult> play(Implementation implementation, List<TestCase> cases, Lateness lateness)
            throws InterruptedException {
        Runner runner = new Runner(implementation, server, Optional.of(lateness));
        return play(runner, new RunPlan(cases, 1, 1, 1)).results();
    }

    private static Played play(Runner runner, RunPlan plan) throws InterruptedException {
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
        return new Played(List.copyOf(results), summary);
    }

    /** Plays the cases of a text once against the bundled client, in parallel. */
    Played play(String lua) throws Exception {
        return play(client, new RunPlan(cases(lua), 4, 1, 1));
    }

    /** A binding clause that accepts several outcomes. */
    Clause acceptingClause() {
        return Catalogue.load().clauses().stream()
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

    /** What a run has brought, in the order in which the cases ended. */
    record Played(List<CaseResult> results, RunSummary summary) {
        CaseResult result(String id) {
            return results.stream()
                    .filter(result -> result.testCase().id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("expected a result of " + id + ", got " + results));
        }
    }
}
