package io.wstck.tck.junit;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseSource;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Catalogue;
import io.wstck.tck.implementation.BundledClient;
import io.wstck.tck.implementation.Trust;
import io.wstck.tck.run.RunPlan;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The bundled client is conformant: every shipped case is a test. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors")
class CertificationTest {
    private static final URI CASES = URI.create("classpath:/io/wstck/fixtures/cases/");

    @TestFactory
    List<DynamicNode> certification() throws Exception {
        List<TestCase> cases =
                CaseCatalogue.load(Catalogue.load(), CaseSource.shipped()).cases();
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                Trust trust = Trust.in(server::authorityPem);
                BundledClient client = new BundledClient("test", trust)) {
            return CaseTests.play(client, server, new RunPlan(cases, RunPlan.DEFAULT_JOBS, 1, 1), CASES);
        }
    }
}
