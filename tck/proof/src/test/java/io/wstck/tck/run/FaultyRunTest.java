package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.FaultyClient;
import io.wstck.tck.prove.faults.FaultCatalogue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whole runs against a real server with a client that does not mask its frames. */
class FaultyRunTest {
    private static final String ECHOES = """
            case "text.echo" {
              clause = "send.text", title = "text is echoed", server = echo,
              client = function(t) t:alive(t:connect()) end,
            }
            """;

    private static TestHarness stage;

    @BeforeAll
    static void start() throws Exception {
        stage = TestHarness.start();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void aVerdictThatChangesBetweenRoundsIsUnstable() throws Exception {
        try (Implementation faulty = notMasking()) {
            DecoratedImplementation client = new DecoratedImplementation(
                    stage.client, (number, real, urls) -> number == 2 ? faulty.open(urls) : real.open(urls));
            List<TestCase> cases = TestHarness.cases(ECHOES);
            TestHarness.HarnessRun played = stage.play(client, new RunPlan(cases, 1, 1, 3));

            assertThat(played.results())
                    .extracting(CaseResult::repetition, CaseResult::verdict)
                    .containsExactly(tuple(1, Verdict.PASSED), tuple(2, Verdict.FAILED), tuple(3, Verdict.PASSED));
            assertThat(played.summary().unstable()).containsExactly("text.echo");
            assertThat(played.summary().conclusion()).isEqualTo(RunSummary.Conclusion.NOT_CONFORMANT);
            assertThat(stage.play(stage.client, new RunPlan(cases, 1, 1, 3))
                            .summary()
                            .unstable())
                    .isEmpty();
        }
    }

    @Test
    void aViolationFailsAnyCaseThatDoesNotTolerateIt() throws Exception {
        try (Implementation faulty = notMasking()) {
            TestHarness.HarnessRun played = stage.play(
                    faulty,
                    plan(ECHOES
                            + ECHOES.replace("text.echo", "text.tolerant")
                                    .replace("server =", "tolerates = { \"unmasked-frame\" }, server =")));

            CaseResult failed = played.result("text.echo");
            assertThat(failed.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(failed.judgement().reason()).startsWith("at the server, violation unmasked-frame");
            assertThat(failed.judgement().expected()).contains("§5.1");
            assertThat(played.result("text.tolerant").verdict()).isEqualTo(Verdict.PASSED);
        }
    }

    @Test
    void aViolationCountsAlsoDuringAStall() throws Exception {
        try (Implementation faulty = notMasking()) {
            CaseResult failed = stage.play(faulty, TestHarness.cases(ECHOES), (_, _) -> Duration.ofSeconds(2))
                    .getFirst();

            assertThat(failed.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(failed.attempts()).isEqualTo(1);
        }
    }

    private static RunPlan plan(String lua) throws Exception {
        return new RunPlan(TestHarness.cases(lua), 4, 1, 1);
    }

    private static Implementation notMasking() {
        Fault fault = FaultCatalogue.all().stream()
                .filter(kept -> kept.id().equals("frames.not-masked"))
                .findFirst()
                .orElseThrow();
        return new FaultyClient(stage.client, fault.id(), fault.mechanisms());
    }
}
