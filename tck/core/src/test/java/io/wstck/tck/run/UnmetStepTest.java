package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.judge.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An unmet required step is the finding, and the script does not wait any longer. */
class UnmetStepTest {
    /** The time that a script would wait otherwise. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static TestHarness harness;

    @BeforeAll
    static void start() throws Exception {
        harness = TestHarness.start();
    }

    @AfterAll
    static void stop() {
        harness.close();
    }

    private static String unmet(String client) {
        return """
                case "unmet" {
                  clause = "send.text", title = "the server misses a message", limit = "60s",
                  servers = { main = script { echo_messages(1), expect.text "x", send.text "next" }, other = echo },
                  client = function(t)
                    local client, other = t:connect(), t:connect(nil, "other")
                    t:alive(client)
                    t:alive(other)
                    client:send("y")
                    CLIENT
                  end,
                  wire = function(w) w:equal(1, 2, "never looked at") end,
                }
                """.replace("CLIENT", client);
    }

    private static void assertStepIsTheFinding(CaseResult result) {
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.judgement().reason()).isEqualTo("at the server, step 2, expect-message");
        assertThat(result.judgement().signature())
                .isEqualTo("server step 2, expect-message: expected a text message \"x\", got a text message \"y\"");
        assertThat(result.duration()).isLessThan(LIMIT);
        assertThat(result.transcript()).noneMatch(line -> line.contains("never looked at"));
    }

    @Test
    void theScriptDoesNotWaitAndItsChecksDoNotCount() throws Exception {
        for (String waits : List.of("client", "other")) {
            CaseResult result = harness.play(unmet("t:message(\"text\", \"next\", " + waits + ":channel():receive())"))
                    .result("unmet");

            assertStepIsTheFinding(result);
            assertThat(result.transcript())
                    .anyMatch(line -> line.contains("TCP ended by the server (rst), since a step was not met"))
                    .anyMatch(line -> line.contains("message received not met")
                            && line.contains("(not judged: a step of the server that was not met decides the case)"));
        }
    }

    @Test
    void theFindingDoesNotDependOnWhichWitnessIsFirst() throws Exception {
        List<TestCase> cases = TestHarness.cases(unmet("t:equal(1, 2)"));
        List<CaseResult> results =
                harness.play(harness.client, new RunPlan(cases, 2, 1, 20)).results();

        assertThat(results).hasSize(20).allSatisfy(UnmetStepTest::assertStepIsTheFinding);
    }
}
