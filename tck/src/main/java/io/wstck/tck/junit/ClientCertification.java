package io.wstck.tck.junit;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseSource;
import io.wstck.tck.cases.Selection;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Catalogue;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.Trust;
import io.wstck.tck.implementation.calls.CalledClient;
import io.wstck.tck.implementation.calls.CalledImplementation;
import io.wstck.tck.run.RunListener;
import io.wstck.tck.run.RunPlan;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Judges a client on the JVM in its own build: extend it, say how the client is called, and every case of the kit is a test. All
 * of them are played, side by side, before the first test tells how its case went.
 *
 * <pre>{@code
 * class CertificationTest extends ClientCertification {
 *     @Override
 *     protected CalledClient client() {
 *         return new MyClient();
 *     }
 * }
 * }</pre>
 */
public abstract class ClientCertification {
    private static final URI CASES = URI.create("classpath:/io/wstck/fixtures/cases/");

    /** The client, new for each run, which closes it. */
    protected abstract CalledClient client() throws Exception;

    /** Which cases are played; all unless overridden. */
    protected Selection selection() {
        return Selection.ALL;
    }

    /** Who else hears of the run, one thread at a time; nobody unless overridden. */
    protected List<RunListener> listeners() {
        return List.of();
    }

    /** The cases as tests, by section and clause. */
    @TestFactory
    final List<DynamicNode> cases() throws Exception {
        List<TestCase> cases = selection()
                .select(CaseCatalogue.load(Catalogue.load(), CaseSource.shipped())
                        .cases());
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                Trust trust = Trust.in(server::authorityPem);
                Implementation implementation = new CalledImplementation(client(), trust)) {
            RunPlan plan = new RunPlan(cases, RunPlan.DEFAULT_JOBS, System.nanoTime(), 1);
            return CaseTests.play(implementation, server, plan, CASES, listeners());
        }
    }
}
