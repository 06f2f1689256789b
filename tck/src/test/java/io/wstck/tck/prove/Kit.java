package io.wstck.tck.prove;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseFile;
import io.wstck.tck.cases.CaseFileException;
import io.wstck.tck.cases.CaseSource;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Catalogue;
import io.wstck.tck.implementation.BundledClient;
import io.wstck.tck.implementation.Trust;
import io.wstck.tck.prove.kept.WebRules;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server, the bundled client and the shipped cases, as the proof needs them. */
final class Kit implements AutoCloseable {
    private static final int OF_EACH_CLAUSE = 4;

    final ReferenceServer server;
    final BundledClient client;
    final List<TestCase> cases;
    private final Trust trust;

    private Kit(ReferenceServer server, List<TestCase> cases) {
        this.server = server;
        this.cases = cases;
        trust = Trust.in(server::authorityPem);
        client = new BundledClient("test", trust);
    }

    static Kit start() throws IOException, CaseFileException {
        List<TestCase> cases =
                CaseCatalogue.load(Catalogue.load(), CaseSource.shipped()).cases();
        return new Kit(ReferenceServer.start(ServerConfig.loopback()), cases);
    }

    /** One case of a text of its own. */
    static List<TestCase> cases(String lua) throws CaseFileException {
        return CaseCatalogue.load(Catalogue.load(), List.of(CaseFile.of("test.lua", lua)))
                .cases();
    }

    Prover prover() {
        return new Prover(new Clients(client, WebRules.client(client)), server, cases);
    }

    /** The first cases of each clause; {@code ./wstck prove} plays all of them. */
    List<TestCase> someOfEachClause() {
        Map<String, Integer> taken = new HashMap<>();
        return cases.stream()
                .filter(testCase -> taken.merge(testCase.clause().id(), 1, Integer::sum) <= OF_EACH_CLAUSE)
                .toList();
    }

    @Override
    public void close() {
        client.close();
        trust.close();
        server.close();
    }

    /** Hears nothing. */
    static final ProofListener SILENT = new ProofListener() {
        @Override
        public void controlled(int cases, List<String> failures, Duration duration) {}

        @Override
        public void judged(Finding finding) {}

        @Override
        public void judged(NullFinding finding) {}
    };
}
