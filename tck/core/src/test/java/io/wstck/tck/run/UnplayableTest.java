package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.BundledClient;
import io.wstck.tck.judge.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases that need an address or a port that this machine, or the way to it, does not have. */
class UnplayableTest {
    private ReferenceServer server;
    private BundledClient client;

    @BeforeEach
    void startServerWithoutLoopback() throws Exception {
        server = ReferenceServer.start(ServerConfig.named("127.0.0.1", "localhost"));
        client = new BundledClient("test");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static List<TestCase> cases(String listener) throws Exception {
        return TestHarness.cases("""
                case "test.needs-the-machine" {
                  clause = "connect.target",
                  title  = "a case",
                  server = script { listener = "LISTENER", echo_messages() },
                  client = function(t) t:alive(t:connect()) end,
                }
                """.replace("LISTENER", listener));
    }

    @ParameterizedTest
    @ValueSource(strings = {"own-ipv6", "own-default-port"})
    void unplayableCasesAreSkippedWithTheReason(String listener) throws Exception {
        List<CaseResult> results = new ArrayList<>();
        new Runner(client, server).run(new RunPlan(cases(listener), 1, 1, 1), "test", new RunListener() {
            @Override
            public void started(RunInfo info) {}

            @Override
            public void finished(CaseResult result) {
                results.add(result);
            }

            @Override
            public void ended(RunSummary ended) {}
        });

        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.verdict()).isEqualTo(Verdict.SKIPPED);
            assertThat(result.judgement().reason())
                    .startsWith("not on this machine: servers.main.listener: ")
                    .contains("no loopback address");
        });
    }
}
