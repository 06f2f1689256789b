package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.MeasuredTime;
import io.wstck.tck.judge.Verdict;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Results keep measured times. Failures that a stall may explain are played again. Times that are too short never are.
 */
class TimedChecksTest {
    private static final StallLog PUNCTUAL = (_, _) -> Duration.ofMillis(250);
    private static final StallLog LATE = (_, _) -> Duration.ofMillis(812);
    private static final StallLog STANDING = (_, _) -> Duration.ofMillis(901);

    private static TestHarness harness;

    @BeforeAll
    static void start() throws Exception {
        harness = TestHarness.start();
    }

    @AfterAll
    static void stop() {
        harness.close();
    }

    @Test
    void aMeasuredTimeIsInTheResultAndInTheTranscript() throws Exception {
        CaseResult result = play("t:takes('50ms', '60s', time.sleep, '50ms') t:took('1ms', '3s', 2, 'two')", LATE);

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.attempts()).isEqualTo(1);
        assertThat(result.measured()).hasSize(2);
        MeasuredTime slept = result.measured().getFirst();
        assertThat(slept.what()).isEqualTo("test.lua:4");
        assertThat(slept.ms()).isBetween(50.0 - MeasuredTime.TOLERANCE_MS, 60_000.0);
        assertThat(slept.minMs()).isEqualTo(50);
        assertThat(slept.maxMs()).isEqualTo(60_000);
        assertThat(result.measured().getLast()).isEqualTo(new MeasuredTime("two", 2, 1, 3000));
        assertThat(result.transcript())
                .anyMatch(line -> line.contains("time: ") && line.contains("ms, expected between 50ms and 60s"));
    }

    @Test
    void anUpperBoundMissedOnAStallingMachineIsTriedThreeTimesAndInconclusive() throws Exception {
        CaseResult result = play("t:took('0ms', '10ms', 11)", LATE);

        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.attempts()).isEqualTo(3);
        assertThat(result.judgement().reason()).isEqualTo("not believed: test.lua:4: in the script, took");
        assertThat(result.judgement().actual()).isEqualTo("11.0ms (this machine woke 812 ms late meanwhile)");
        assertThat(result.transcript()).anyMatch(line -> line.contains("not met") && line.contains("812 ms late"));
    }

    @Test
    void theNextAttemptIsBelievedWithoutAStall() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CaseResult result = play(
                "t:took('0ms', '10ms', 11)",
                // For the measured time, and for the whole case.
                (from, to) -> asked.incrementAndGet() <= 2 ? LATE.worstStall(from, to) : PUNCTUAL.worstStall(from, to));

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.attempts()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // on a punctual machine nothing is in doubt
                "t:took('0ms', '10ms', 11) | punctual | FAILED",
                // too short
                "t:took('20ms', '30ms', 11) | late | FAILED",
                // 5 ms is the tolerance of the clock
                "t:took('20ms', '30ms', 15) | late | PASSED",
                // an event-driven case
                "t:equal(1, 2) | late | FAILED",
                // a case that depends on a clock, by the module or by a measured time
                "time.after('1h') t:equal(1, 2) | late | INCONCLUSIVE",
                "time.now() t:equal(1, 2) | late | INCONCLUSIVE",
                "time.parse_duration('1h') t:equal(1, 2) | late | FAILED",
                "t:took('0s', '1s', 5) t:equal(1, 2) | late | INCONCLUSIVE",
                "time.now() error('no') | late | INCONCLUSIVE",
                "time.now() t:equal(1, 2) | punctual | FAILED",
                // a should is no warning then
                "t.should:took('0ms', '10ms', 11) | late | INCONCLUSIVE",
                "t.should:took('0ms', '10ms', 11) | punctual | WARNED",
                // too short counts more than too long
                "t.should:took('0ms', '10ms', 11) t:took('20ms', '30ms', 11) | late | FAILED",
                "t:equal(1, 2) | standing | FAILED",
            })
    void onlyFailuresThatAStallMayExplainAreInDoubt(String script, String machine, Verdict verdict) throws Exception {
        assertThat(play(script, lateness(machine)).verdict()).isEqualTo(verdict);
    }

    @Test
    void aWaitingCaseDependsOnTheClock() throws Exception {
        String lua = text("t:equal(1, 2)").replace("client =", "waits = true, client =");

        assertThat(harness.play(harness.client, TestHarness.cases(lua), LATE)
                        .getFirst()
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void wireChecksMeasureTimesToo() throws Exception {
        String lua = """
                case "the.case" {
                  clause = "send.text", title = "x", server = echo,
                  client = function(t) t:alive(t:connect()) end,
                  wire = function(w) w:took("0ms", "10ms", 11, "the answer") end,
                }
                """;
        CaseResult late =
                harness.play(harness.client, TestHarness.cases(lua), LATE).getFirst();

        assertThat(late.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(late.judgement().reason()).isEqualTo("not believed: test.lua:4: on the wire, took");
        assertThat(late.measured()).containsExactly(new MeasuredTime("the answer", 11, 0, 10));
        assertThat(harness.play(harness.client, TestHarness.cases(lua), PUNCTUAL)
                        .getFirst()
                        .verdict())
                .isEqualTo(Verdict.FAILED);
    }

    /** A client that ends TCP first does so also on a machine that is a little late. A missing frame may be late. */
    @ParameterizedTest(name = "{0}, {1} ms late")
    @CsvSource(
            delimiter = '|',
            value = {
                "w:server_ended_first() | 250 | FAILED",
                "w:server_ended_first() | 251 | INCONCLUSIVE",
                "w:ok(false, 'a frame') | 100 | FAILED",
                "w:ok(false, 'a frame') | 101 | INCONCLUSIVE",
            })
    void theOrderOfTheEndsOfTcpBearsALongerStall(String wire, int late, Verdict verdict) throws Exception {
        String lua = """
                case "the.case" {
                  clause = "send.text", title = "x", waits = true,
                  server = script { echo_messages(1), send.frame { "x", opcode = 3 }, expect.close { answer = false },
                    expect.ended {} },
                  client = function(t)
                    local client = t:connect()
                    t:alive(client)
                    client:channel():receive()
                  end,
                  wire = function(w) %s end,
                }
                """.formatted(wire);

        assertThat(harness.play(harness.client, TestHarness.cases(lua), (_, _) -> Duration.ofMillis(late))
                        .getFirst()
                        .verdict())
                .isEqualTo(verdict);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0}, {1} ms late")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "while true do for _ = 1, 1000000 do end t:equal(1, 1) end | 101 | INCONCLUSIVE",
                "while true do for _ = 1, 1000000 do end t:equal(1, 1) end | 100 | FAILED",
                // no activity: on a late machine it is played again, and fails when it hangs again
                "client:channel():receive() | 100 | FAILED",
                "client:channel():receive() | 901 | FAILED",
                "while true do end | 901 | FAILED",
                // the same if the case depends on a clock
                "time.now() client:channel():receive() | 901 | FAILED",
                "time.now() while true do end | 901 | FAILED",
            })
    void anActiveScriptAtItsLimitMayBeSlowedByTheMachine(String script, int late, Verdict verdict) throws Exception {
        String lua = text("local client = t:connect() " + script)
                .replace("client = function", "server = echo, limit = \"3s\", client = function")
                .replace("module.load", "send.text");
        CaseResult result = harness.play(harness.client, TestHarness.cases(lua), (_, _) -> Duration.ofMillis(late))
                .getFirst();

        assertThat(result.verdict()).isEqualTo(verdict);
        // A case that reached its limit twice is not played a third time.
        assertThat(result.attempts()).isEqualTo(late > 100 ? 2 : 1);
        assertThat(result.judgement().reason())
                .contains(
                        verdict == Verdict.INCONCLUSIVE
                                ? "the script still went on after 3000 ms, and this machine woke up to 101 ms late"
                                : "in the script, time limit");
    }

    @Test
    void aCallThatHangsOnceOnAStallingMachinePassesAsUnstable() throws Exception {
        BlockingModule hanging =
                new BlockingModule("websocket", BlockingModule.Interrupts.END_THE_CALL, new CountDownLatch(1));
        Implementation hangsOnce = new DecoratedImplementation(
                harness.client,
                (number, real, urls) ->
                        number == 1 ? new ReplacedModuleSession(real.open(urls), hanging) : real.open(urls));
        String lua = text("t:alive(t:connect())")
                .replace("client = function", "server = echo, limit = \"4s\", client = function")
                .replace("module.load", "send.text");
        CaseResult result =
                harness.play(hangsOnce, TestHarness.cases(lua), LATE).getFirst();

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.earlier()).extracting(Judgement::verdict).containsExactly(Verdict.FAILED);
    }

    /** A busy machine lets a client miss an event without a stall. So such a finding needs a second attempt. */
    @ParameterizedTest(name = "{0}, misses {1}")
    @CsvSource({"waits = true, 1, PASSED, 2", "waits = true, 2, FAILED, 2", "waits = false, 1, FAILED, 1"})
    void aMissedEventOfACaseThatWaitsIsPlayedAgain(String declared, int misses, Verdict verdict, int attempts)
            throws Exception {
        URI elsewhere = URI.create("ws://127.0.0.1:" + harness.server.port() + "/echo");
        Implementation missing = new DecoratedImplementation(
                harness.client, (number, real, urls) -> real.open(number <= misses ? Map.of("main", elsewhere) : urls));
        String lua = text("t:alive(t:connect())")
                .replace("client = function", "server = echo, " + declared + ", client = function")
                .replace("module.load", "send.text");
        CaseResult result = harness.play(missing, TestHarness.cases(lua), (_, _) -> Duration.ZERO)
                .getFirst();

        assertThat(result.verdict()).isEqualTo(verdict);
        assertThat(result.attempts()).isEqualTo(attempts);
    }

    /** The server allows 1 s for a missing event. Actions of the client are never in doubt. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "server = script { echo_messages(1), expect.text 'more' } | standing | INCONCLUSIVE",
                "server = script { echo_messages(1), expect.text 'more' } | late | FAILED",
                "server = echo, wire = function(w) w:equal(1, 2, 'what came') end | standing | INCONCLUSIVE",
                "server = echo, wire = function(w) w:equal(1, 2, 'what came') end | late | FAILED",
                "server = echo, wire = function(w) w:ok(true, 'what came') end | standing | PASSED",
                // a case that depends on a clock tolerates shorter stalls
                "waits = true, server = echo, wire = function(w) w:equal(1, 2, 'what came') end | punctual | INCONCLUSIVE",
            })
    void missingEventsAreInDoubtAfterALongStall(String declared, String machine, Verdict verdict) throws Exception {
        String lua = text("t:alive(t:connect())")
                .replace("client = function", declared + ", client = function")
                .replace("module.load", "send.text");

        assertThat(harness.play(harness.client, TestHarness.cases(lua), lateness(machine))
                        .getFirst()
                        .verdict())
                .isEqualTo(verdict);
    }

    /** A twentieth of the time that the server waited. */
    @ParameterizedTest
    @CsvSource({"1000, INCONCLUSIVE", "6000, FAILED"})
    void theLongerTheServerWaitedTheLongerStallsAreTolerated(int within, Verdict verdict) throws Exception {
        String lua = text("local client = t:connect() t:alive(client) client:channel():receive()")
                .replace(
                        "client = function",
                        "waits = true, server = script { echo_messages(1), expect.text { 'more', within = " + within
                                + " } }, client = function")
                .replace("module.load", "send.text");

        assertThat(harness.play(harness.client, TestHarness.cases(lua), PUNCTUAL)
                        .getFirst()
                        .verdict())
                .isEqualTo(verdict);
    }

    private static StallLog lateness(String machine) {
        return switch (machine) {
            case "punctual" -> PUNCTUAL;
            case "late" -> LATE;
            default -> STANDING;
        };
    }

    private static CaseResult play(String script, StallLog lateness) throws Exception {
        return harness.play(harness.client, TestHarness.cases(text(script)), lateness)
                .getFirst();
    }

    private static String text(String script) {
        return """
                case "the.case" {
                  clause = "module.load", title = "x",
                  client = function(t)
                    %s
                  end,
                }
                """.formatted(script);
    }
}
