package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.calls.BundledCalledClient;
import io.wstck.tck.implementation.calls.InProcessImplementation;
import io.wstck.tck.judge.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cases whose server has a host name of its own. */
@Timeout(60)
class NamedServerTest {
    private static String named(String host) {
        return """
                case "named" {
                  clause = "rfc6455.handshake.server-name", title = "an echo", needs = { "tls" },
                  server = echo { tls = "trusted", host = "HOST" },
                  client = function(t) t:alive(t:connect()) end,
                }
                """.replace("HOST", host);
    }

    @Test
    void theBundledClientResolvesTheName() throws Exception {
        try (TestHarness harness = TestHarness.start()) {
            assertThat(harness.play(named("server.wstck.test")).result("named").verdict())
                    .isEqualTo(Verdict.PASSED);
        }
    }

    @Test
    void aClientThatCannotResolveTheNameSkipsTheCaseWithTheMissingHostsLine() throws Exception {
        try (TestHarness harness = TestHarness.start();
                AuthorityFile trust = AuthorityFile.of(harness.server::authorityPem);
                Implementation client = new InProcessImplementation(new BundledCalledClient(), trust)) {
            CaseResult result = harness.play(
                            client, new RunPlan(TestHarness.cases(named("server.nowhere.invalid")), 1, 1, 1))
                    .result("named");

            assertThat(result.verdict()).isEqualTo(Verdict.SKIPPED);
            assertThat(result.judgement().reason()).contains("\"127.0.0.1 server.nowhere.invalid\"");
        }
    }
}
