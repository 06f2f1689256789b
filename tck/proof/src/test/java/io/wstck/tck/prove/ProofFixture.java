package io.wstck.tck.prove;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseFile;
import io.wstck.tck.cases.CaseFileException;
import io.wstck.tck.cases.CaseSource;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.BundledClient;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.prove.faults.WebRules;
import io.wstck.tck.run.CaseResult;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A reference server, the bundled client and the shipped cases. */
final class ProofFixture implements AutoCloseable {
    private static final int OF_EACH_CLAUSE = 4;

    final ReferenceServer server;
    final BundledClient client;
    final List<TestCase> cases;
    private final AuthorityFile trust;

    private ProofFixture(ReferenceServer server, List<TestCase> cases) {
        this.server = server;
        this.cases = cases;
        trust = AuthorityFile.of(server::authorityPem);
        client = new BundledClient("test", trust);
    }

    static ProofFixture start() throws IOException, CaseFileException {
        List<TestCase> cases =
                CaseCatalogue.load(ClauseCatalogue.load(), CaseSource.shipped()).cases();
        return new ProofFixture(ReferenceServer.start(ServerConfig.loopback()), cases);
    }

    /** The cases of a Lua text. */
    static List<TestCase> cases(String lua) throws CaseFileException {
        return CaseCatalogue.load(ClauseCatalogue.load(), List.of(CaseFile.of("test.lua", lua)))
                .cases();
    }

    Prover prover() {
        return new Prover(new BaselineClients(client, WebRules.client(client)), server, cases);
    }

    /** Proves cases that every profile plays. */
    static Prover prover(Implementation client, ReferenceServer server, List<TestCase> cases) {
        return new Prover(new BaselineClients(client, client), server, cases);
    }

    /** The first cases of each clause. {@code ./wstck prove} plays all of them. */
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

    /** Ignores all progress. */
    static final ProofListener SILENT = new ProofListener() {
        @Override
        public void baselinePlayed(int cases, List<CaseResult> failures, Duration duration) {}

        @Override
        public void judged(FaultFinding finding) {}

        @Override
        public void judged(NullClientFinding finding) {}
    };
}
