package io.wstck.tck.junit;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseSource;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.BundledClient;
import io.wstck.tck.run.RunPlan;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The bundled client passes every shipped case. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors")
class CertificationTest {
    private static final URI CASES = URI.create("classpath:/io/wstck/fixtures/cases/");

    @TestFactory
    List<DynamicNode> certification() throws Exception {
        List<TestCase> cases =
                CaseCatalogue.load(ClauseCatalogue.load(), CaseSource.shipped()).cases();
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                AuthorityFile trust = AuthorityFile.of(server::authorityPem);
                BundledClient client = new BundledClient("test", trust)) {
            return CaseTests.play(client, server, new RunPlan(cases, RunPlan.DEFAULT_JOBS, 1, 1), CASES);
        }
    }
}
