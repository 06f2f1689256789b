package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.Trust;
import io.wstck.tck.implementation.calls.BundledAsCalled;
import io.wstck.tck.implementation.calls.CalledImplementation;
import io.wstck.tck.judge.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cases whose server is known by a name of its own. */
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
    void theBundledClientResolvesIt() throws Exception {
        try (Stage stage = Stage.start()) {
            assertThat(stage.play(named("server.wstck.test")).result("named").verdict())
                    .isEqualTo(Verdict.PASSED);
        }
    }

    @Test
    void aClientThatCannotResolveItIsSkippedWithTheLineThatTheHostsFileLacks() throws Exception {
        try (Stage stage = Stage.start();
                Trust trust = Trust.in(stage.server::authorityPem);
                Implementation client = new CalledImplementation(new BundledAsCalled(), trust)) {
            CaseResult result = stage.play(client, new RunPlan(Stage.cases(named("server.nowhere.invalid")), 1, 1, 1))
                    .result("named");

            assertThat(result.verdict()).isEqualTo(Verdict.SKIPPED);
            assertThat(result.judgement().reason()).contains("\"127.0.0.1 server.nowhere.invalid\"");
        }
    }
}
