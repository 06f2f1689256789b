package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.client.BrokenClient;
import com.example.client.BrokenClient.Defect;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.calls.InProcessImplementation;
import io.wstck.tck.judge.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients in this JVM whose calls do not return normally. Their own case takes a limited time, and other cases are not
 * affected.
 */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class BrokenClientTest {
    private static final String GUILTY = """
            case "guilty.%1$s" {
              clause = "send.text", title = "meets the defect", server = echo { protocol = "first" }, limit = "%3$s",
              client = function(t)
                local client = t:connect { protocols = { "%2$s" } }
                t:alive(client)
                client:ping()
                t:returns({ true }, client:close())
              end,
            }
            """;
    private static final String INNOCENT = """
            case "innocent.%d" {
              clause = "send.text", title = "does not meet it", server = echo,
              client = function(t)
                t:alive(t:connect())
              end,
            }
            """;

    /**
     * Far more than the limit of the case and of the client's shutdown. Without these limits the runs would not end.
     */
    private static final Duration BOUNDED = Duration.ofSeconds(90);

    private static TestHarness harness;

    @BeforeAll
    static void start() throws Exception {
        harness = TestHarness.start();
    }

    @AfterAll
    static void stop() {
        harness.close();
    }

    /**
     * The check that fails for a client with the defect.
     *
     * @param limit of the script; {@code 60s} if the end does not depend on it
     * @param reported whether a thread remains that Java cannot end
     */
    record StuckCase(Defect defect, String limit, String check, String actual, boolean reported) {
        static StuckCase inTheScript(Defect defect, String actual) {
            return new StuckCase(defect, "3s", "time limit", actual, true);
        }
    }

    static Stream<Arguments> stuck() {
        String unreturned = "in a call that does not return: thread \"witness-";
        // A summary names ten threads, and a case may leave two.
        return Stream.of(
                Arguments.of(List.of(
                        StuckCase.inTheScript(Defect.CONNECT_NEVER_RETURNS, unreturned),
                        StuckCase.inTheScript(
                                Defect.SEND_NEVER_RETURNS, ", waiting at com.example.client.BrokenClient."),
                        StuckCase.inTheScript(Defect.SEND_SPINS, ", spinning at com.example.client.BrokenClient.spin"),
                        StuckCase.inTheScript(Defect.PING_NEVER_RETURNS, unreturned))),
                Arguments.of(List.of(
                        StuckCase.inTheScript(Defect.CLOSE_NEVER_RETURNS, unreturned),
                        StuckCase.inTheScript(Defect.RECEIVE_NEVER_RETURNS, "it was still running"),
                        new StuckCase(
                                Defect.RELEASE_NEVER_RETURNS,
                                "60s",
                                "client let go",
                                "closing the client's session had not returned, thread \"",
                                true),
                        new StuckCase(
                                Defect.CONNECT_INTERRUPTS_CALLER,
                                "60s",
                                "interrupt",
                                "the thread was interrupted while the script ran",
                                false))));
    }

    @ParameterizedTest
    @MethodSource("stuck")
    void aCallThatDoesNotReturnFailsOnlyItsCaseAndOnlyOnce(List<StuckCase> all) throws Exception {
        BrokenClient client = BrokenClient.asScriptsChoose();
        String guilty =
                all.stream().map(stuck -> guilty(stuck.defect(), stuck.limit())).collect(Collectors.joining());
        try {
            // More jobs than cases with the defect.
            TestHarness.HarnessRun played = play(client, new RunPlan(TestHarness.cases(guilty + innocent(6)), 6, 1, 1));

            for (StuckCase stuck : all) {
                CaseResult result = played.result(id(stuck.defect()));
                assertThat(result.verdict()).as(result.judgement().toString()).isEqualTo(Verdict.FAILED);
                assertThat(result.judgement().reason()).contains("in the script, " + stuck.check());
                assertThat(result.judgement().actual()).contains(stuck.actual());
                assertThat(result.attempts()).isEqualTo(1);
                // The summary reports threads that Java cannot end. They do not keep the JVM alive.
                assertThat(played.summary().remarks().stream()
                                .anyMatch(remark -> remark.contains(id(stuck.defect()) + ":")
                                        || remark.contains(id(stuck.defect()) + ",")))
                        .as(stuck.defect() + " in " + played.summary().remarks())
                        .isEqualTo(stuck.reported());
            }
            assertThat(played.summary().verdicts())
                    .containsAllEntriesOf(Map.of(Verdict.PASSED, 6, Verdict.FAILED, all.size()));
            assertThat(played.summary().duration()).isLessThan(BOUNDED);
            assertThat(played.summary().early()).isEmpty();
            assertThat(client.held()).isNotEmpty().allMatch(Thread::isDaemon);
        } finally {
            client.letReturn();
        }
        for (Thread thread : client.held()) {
            assertThat(thread.join(BOUNDED)).as(thread.getName()).isTrue();
        }
    }

    /** The close of an interrupted thread fails, and its check is made before the script ends. */
    @Test
    void anInterruptIsTheFindingEvenIfACallFailsBecauseOfIt() throws Exception {
        String closes = guilty(Defect.CONNECT_INTERRUPTS_CALLER, "60s")
                .replace("t:alive(client)", "")
                .replace("client:ping()", "");
        TestHarness.HarnessRun played =
                play(BrokenClient.asScriptsChoose(), new RunPlan(TestHarness.cases(closes), 1, 1, 1));

        CaseResult result = played.result(id(Defect.CONNECT_INTERRUPTS_CALLER));
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.judgement().reason()).isEqualTo("in the script, interrupt");
        assertThat(result.judgement().actual()).isEqualTo("the thread was interrupted while the script ran");
        assertThat(result.judgement().signature()).contains("interrupt");
    }

    @Test
    void anExceptionOfACalledClientIsAnErrorOfItsAdapter() throws Exception {
        String unreadable = "com.example.client.BrokenClient$UnreadableException, whose text cannot be read: it throws"
                + " java.lang.IllegalStateException";
        Map<Defect, String> thrown = Map.of(
                Defect.SEND_RAISES_ERROR, "java.lang.AssertionError: the client cannot go on",
                Defect.SEND_THROWS_CHECKED, "java.io.IOException: the network is down",
                Defect.SEND_THROWS_UNREADABLE, unreadable,
                Defect.CONNECT_RETURNS_NULL, "expected connect() to return a connection or to throw, it returned null",
                Defect.RECEIVE_RAISES_ERROR, "java.lang.AssertionError: the client cannot go on",
                Defect.RECEIVE_THROWS_CHECKED, "java.io.IOException: the network is down",
                Defect.RECEIVE_RETURNS_NULL,
                        "expected receive() to return a message, the end or nothing, it returned null",
                Defect.RECEIVE_MESSAGE_WITHOUT_DATA, "java.lang.NullPointerException: the data of a message",
                Defect.RECEIVE_SAYS_INTERRUPTED, "java.lang.InterruptedException: nobody interrupted it");
        // These scripts end long before any limit.
        String guilty =
                thrown.keySet().stream().map(defect -> guilty(defect, "60s")).collect(Collectors.joining());
        TestHarness.HarnessRun played =
                play(BrokenClient.asScriptsChoose(), new RunPlan(TestHarness.cases(guilty + innocent(2)), 4, 1, 1));

        thrown.forEach((defect, sentence) -> {
            CaseResult result = played.result(id(defect));
            assertThat(result.verdict()).as(result.judgement().toString()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(result.judgement().reason())
                    .as(defect.name())
                    .endsWith(sentence)
                    .isIn(sentence, "the adapter could not do it: " + sentence);
        });
        assertThat(played.summary().verdicts()).containsEntry(Verdict.PASSED, 2);
    }

    @Test
    void reasonsAreEscapedForReports() throws Exception {
        TestHarness.HarnessRun played = play(
                BrokenClient.asScriptsChoose(),
                new RunPlan(
                        TestHarness.cases(guilty(Defect.SEND_THROWS_MUCH, "60s")
                                + guilty(Defect.SEND_LACKS_WITHOUT_REASON, "60s")),
                        2,
                        1,
                        1));

        CaseResult much = played.result(id(Defect.SEND_THROWS_MUCH));
        assertThat(much.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(much.judgement().reason()).endsWith("… (1048604 characters)").hasSizeLessThan(5000);
        CaseResult lacking = played.result(id(Defect.SEND_LACKS_WITHOUT_REASON));
        assertThat(lacking.verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(lacking.judgement().reason()).endsWith("no reason was given");
    }

    @Test
    void aConnectionThatCannotBeReleasedIsNotedWithoutChangingTheVerdict() throws Exception {
        TestHarness.HarnessRun played = play(
                BrokenClient.asScriptsChoose(),
                new RunPlan(TestHarness.cases(guilty(Defect.RELEASE_THROWS_UNREADABLE, "60s")), 1, 1, 1));

        CaseResult guilty = played.result(id(Defect.RELEASE_THROWS_UNREADABLE));
        assertThat(guilty.verdict()).as(guilty.judgement().toString()).isEqualTo(Verdict.PASSED);
        assertThat(guilty.transcript())
                .anyMatch(line -> line.contains("could not be closed")
                        && line.contains("UnreadableException, whose text cannot be read"));
    }

    @Test
    void anErrorOfTheWholeClientIsASentence() {
        AuthorityFile trust = AuthorityFile.of(harness.server::authorityPem);
        assertThatThrownBy(() -> new InProcessImplementation(new BrokenClient(Defect.DESCRIPTION_RETURNS_NULL), trust))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("expected the client's description() to return a description, it returned null");
        try (InProcessImplementation implementation =
                new InProcessImplementation(new BrokenClient(Defect.CLIENT_CLOSE_THROWS_UNREADABLE), trust)) {
            assertThat(implementation.closeClient())
                    .hasValueSatisfying(sentence -> assertThat(sentence)
                            .startsWith("expected the client's close() to return within 10 s, but it threw ")
                            .contains("UnreadableException, whose text cannot be read"));
        } finally {
            trust.close();
        }
    }

    @Test
    void aSpinningThreadOfTheClientIsNamedInTheCaseAndInTheSummary() throws Exception {
        BrokenClient client = BrokenClient.asScriptsChoose();
        String waits = guilty(Defect.OWN_THREAD_SPINS, "1s").replace("client:ping()", "client:channel():receive()");
        try {
            TestHarness.HarnessRun played = play(client, new RunPlan(TestHarness.cases(waits), 2, 1, 1));

            String named = "used a processor: thread \"own-reader\" at " + BrokenClient.class.getName() + ".spin";
            assertThat(played.result(id(Defect.OWN_THREAD_SPINS)).transcript()).anyMatch(line -> line.contains(named));
            assertThat(played.summary().remarks()).anyMatch(line -> line.startsWith(named));
        } finally {
            client.letReturn();
        }
    }

    @Test
    void spinningCallsEndTheRunBeforeTheyUseUpTheProcessors() throws Exception {
        BrokenClient client = BrokenClient.asScriptsChoose();
        int guilty = AbandonedCalls.MAX_SPINNING + 20;
        String cases = IntStream.rangeClosed(1, guilty)
                .mapToObj(number -> GUILTY.formatted(number, Defect.SEND_SPINS, "3s"))
                .collect(Collectors.joining());
        try {
            // One job: otherwise all of them would spin before the first is abandoned.
            TestHarness.HarnessRun played = play(client, new RunPlan(TestHarness.cases(cases), 1, 1, 1));

            assertThat(played.summary().conclusion()).isEqualTo(RunSummary.Conclusion.INTERRUPTED);
            assertThat(played.summary().early())
                    .hasValueSatisfying(end -> assertThat(end.sentence())
                            .startsWith(AbandonedCalls.MAX_SPINNING + " calls of the client spin and cannot be ended")
                            .contains("the first is the script of guilty.", "BrokenClient.spin"));
            assertThat(played.results())
                    .hasSize(AbandonedCalls.MAX_SPINNING)
                    .allMatch(result -> result.verdict() == Verdict.FAILED);
            assertThat(client.held()).hasSizeLessThan(guilty);
        } finally {
            client.letReturn();
        }
    }

    @Test
    void aClientThatCannotBeMadeFailsItsCases() throws Exception {
        List<TestCase> cases = TestHarness.cases(INNOCENT.formatted(1)
                + INNOCENT.formatted(2).replace("server = echo", "server = echo { tls = \"trusted\" }"));
        TestHarness.HarnessRun played = harness.play(
                harness.client.with((builder, trusted) -> {
                    if (trusted.isPresent()) {
                        throw new IllegalArgumentException("expected another file");
                    }
                    return builder;
                }),
                new RunPlan(cases, 2, 1, 1));

        assertThat(played.result("innocent.1").verdict()).isEqualTo(Verdict.PASSED);
        CaseResult refused = played.result("innocent.2");
        assertThat(refused.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(refused.judgement().reason()).startsWith("in the script, client made");
        assertThat(refused.judgement().actual())
                .isEqualTo("the client could not be made: java.lang.IllegalArgumentException: expected another file");
    }

    @Test
    void aClientWhoseConstructionNeverReturnsFailsItsCase() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        try {
            TestHarness.HarnessRun played = harness.play(
                    new DecoratedImplementation(harness.client, (number, real, urls) -> {
                        if (urls.isEmpty()) {
                            UninterruptibleWait.await(released);
                        }
                        return real.open(urls);
                    }),
                    new RunPlan(
                            TestHarness.cases(INNOCENT.formatted(1)
                                    + "case \"guilty\" { clause = \"module.load\", title = \"x\","
                                    + " client = function(t) t:ok(true) end }"),
                            2,
                            1,
                            1));

            assertThat(played.result("innocent.1").verdict()).isEqualTo(Verdict.PASSED);
            CaseResult guilty = played.result("guilty");
            assertThat(guilty.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(guilty.judgement().expected()).isEqualTo("a client that can be made within 10 s");
            assertThat(guilty.judgement().actual()).startsWith("making it had not returned, thread \"witness-");
        } finally {
            released.countDown();
        }
    }

    private static TestHarness.HarnessRun play(BrokenClient client, RunPlan plan) throws InterruptedException {
        try (AuthorityFile trust = AuthorityFile.of(harness.server::authorityPem);
                Implementation implementation = new InProcessImplementation(client, trust)) {
            return harness.play(implementation, plan);
        }
    }

    private static String guilty(Defect defect, String limit) {
        return GUILTY.formatted(name(defect), defect, limit);
    }

    private static String id(Defect defect) {
        return "guilty." + name(defect);
    }

    private static String name(Defect defect) {
        return defect.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String innocent(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(INNOCENT::formatted).collect(Collectors.joining());
    }
}
