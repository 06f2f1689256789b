package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.client.BrokenClient;
import com.example.client.BrokenClient.Defect;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.Trust;
import io.wstck.tck.implementation.calls.CalledImplementation;
import io.wstck.tck.judge.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients in this JVM whose calls do not come back as calls do: it costs their own case a bounded time, and no other case anything. */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class BrokenClientTest {
    private static final String GUILTY = """
            case "guilty.%d" {
              clause = "send.text", title = "meets the defect", server = echo { protocol = "first" }, limit = "3s",
              client = function(t)
                local client = t:connect { protocols = { "misbehave" } }
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

    /** Far more than the limit of the case and the kit's patience; without a bound none of these runs would end. */
    private static final Duration BOUNDED = Duration.ofSeconds(90);

    private static Stage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = Stage.start();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "CONNECT_NEVER_RETURNS | 3s | time limit | in a call that does not return: thread \"witness-",
                "SEND_NEVER_RETURNS | 3s | time limit | , waiting at com.example.client.BrokenClient.",
                "SEND_SPINS | 3s | time limit | , spinning at com.example.client.BrokenClient.spin",
                "PING_NEVER_RETURNS | 3s | time limit | in a call that does not return: thread \"witness-",
                "CLOSE_NEVER_RETURNS | 3s | time limit | in a call that does not return: thread \"witness-",
                "RECEIVE_NEVER_RETURNS | 3s | time limit | it was still running",
                "RELEASE_NEVER_RETURNS | 60s | client let go | closing the client's session had not returned, thread \"",
                // It does not need its limit.
                "CONNECT_INTERRUPTS_CALLER | 60s | interrupt | the thread was interrupted while the script ran",
            })
    void aCallThatDoesNotComeBackFailsItsCaseOnceAndNoOther(Defect defect, String limit, String check, String actual)
            throws Exception {
        BrokenClient client = new BrokenClient(defect);
        String limited = GUILTY.replace("limit = \"3s\"", "limit = \"" + limit + "\"");
        try (Trust trust = Trust.in(stage.server::authorityPem);
                Implementation implementation = new CalledImplementation(client, trust)) {
            Stage.Played played = stage.play(
                    implementation, new RunPlan(Stage.cases(texts(limited, 1) + texts(INNOCENT, 6)), 2, 1, 1));

            CaseResult guilty = played.result("guilty.1");
            assertThat(guilty.verdict()).as(guilty.judgement().toString()).isEqualTo(Verdict.FAILED);
            assertThat(guilty.judgement().reason()).contains("in the script, " + check);
            assertThat(guilty.judgement().actual()).contains(actual);
            assertThat(guilty.attempts()).isEqualTo(1);
            assertThat(played.summary().verdicts()).containsAllEntriesOf(Map.of(Verdict.PASSED, 6, Verdict.FAILED, 1));
            assertThat(played.summary().duration()).isLessThan(BOUNDED);
            assertThat(played.summary().early()).isEmpty();
            // The threads that Java cannot end are told, and do not keep the JVM.
            assertThat(played.summary().remarks().isEmpty())
                    .isEqualTo(client.held().isEmpty());
            assertThat(client.held()).allMatch(Thread::isDaemon);
        } finally {
            client.letReturn();
        }
        for (Thread thread : client.held()) {
            assertThat(thread.join(BOUNDED)).as(thread.getName()).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "SEND_RAISES_ERROR | java.lang.AssertionError: the client cannot go on",
                "SEND_THROWS_CHECKED | java.io.IOException: the network is down",
                "SEND_THROWS_UNREADABLE | com.example.client.BrokenClient$UnreadableException, whose text cannot be read: it throws java.lang.IllegalStateException",
                "CONNECT_RETURNS_NULL | expected connect() to return a connection or to throw, it returned null",
                "RECEIVE_RAISES_ERROR | java.lang.AssertionError: the client cannot go on",
                "RECEIVE_THROWS_CHECKED | java.io.IOException: the network is down",
                "RECEIVE_RETURNS_NULL | expected receive() to return a message, the end or nothing, it returned null",
                "RECEIVE_MESSAGE_WITHOUT_DATA | java.lang.NullPointerException: the data of a message",
                "RECEIVE_SAYS_INTERRUPTED | java.lang.InterruptedException: nobody interrupted it",
            })
    void whatACalledClientThrowsIsTroubleOfItsAdapterAtOnce(Defect defect, String thrown) throws Exception {
        BrokenClient client = new BrokenClient(defect);
        try (Trust trust = Trust.in(stage.server::authorityPem);
                Implementation implementation = new CalledImplementation(client, trust)) {
            // It ends long before any limit.
            String patient = GUILTY.replace("limit = \"3s\"", "limit = \"60s\"");
            Stage.Played played = stage.play(
                    implementation, new RunPlan(Stage.cases(texts(patient, 1) + texts(INNOCENT, 2)), 2, 1, 1));

            CaseResult guilty = played.result("guilty.1");
            assertThat(guilty.verdict()).as(guilty.judgement().toString()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(guilty.judgement().reason())
                    .endsWith(thrown)
                    .isIn(thrown, "the adapter could not do it: " + thrown);
            assertThat(played.summary().verdicts()).containsEntry(Verdict.PASSED, 2);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "SEND_THROWS_MUCH | INCONCLUSIVE | … (1048604 characters)",
                "SEND_LACKS_WITHOUT_REASON | SKIPPED | no reason was given",
            })
    void aReasonIsFitForTheReports(Defect defect, Verdict verdict, String ending) throws Exception {
        BrokenClient client = new BrokenClient(defect);
        try (Trust trust = Trust.in(stage.server::authorityPem);
                Implementation implementation = new CalledImplementation(client, trust)) {
            Stage.Played played = stage.play(implementation, new RunPlan(Stage.cases(GUILTY.formatted(1)), 1, 1, 1));

            CaseResult guilty = played.result("guilty.1");
            assertThat(guilty.verdict()).isEqualTo(verdict);
            assertThat(guilty.judgement().reason()).endsWith(ending).hasSizeLessThan(5000);
        }
    }

    @Test
    void aConnectionThatCannotBeReleasedSaysSoAndHidesNoVerdict() throws Exception {
        BrokenClient client = new BrokenClient(Defect.RELEASE_THROWS_UNREADABLE);
        try (Trust trust = Trust.in(stage.server::authorityPem);
                Implementation implementation = new CalledImplementation(client, trust)) {
            Stage.Played played = stage.play(implementation, new RunPlan(Stage.cases(GUILTY.formatted(1)), 1, 1, 1));

            CaseResult guilty = played.result("guilty.1");
            assertThat(guilty.verdict()).as(guilty.judgement().toString()).isEqualTo(Verdict.PASSED);
            assertThat(guilty.transcript())
                    .anyMatch(line -> line.contains("could not be closed")
                            && line.contains("UnreadableException, whose text cannot be read"));
        }
    }

    @Test
    void whatTheClientAsAWholeDoesWrongIsASentence() {
        Trust trust = Trust.in(stage.server::authorityPem);
        assertThatThrownBy(() -> new CalledImplementation(new BrokenClient(Defect.DESCRIPTION_RETURNS_NULL), trust))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("expected the client's description() to return a description, it returned null");
        try (CalledImplementation implementation =
                new CalledImplementation(new BrokenClient(Defect.CLIENT_CLOSE_THROWS_UNREADABLE), trust)) {
            assertThat(implementation.closeClient())
                    .hasValueSatisfying(sentence -> assertThat(sentence)
                            .startsWith("expected the client's close() to return within 10 s, but it threw ")
                            .contains("UnreadableException, whose text cannot be read"));
        } finally {
            trust.close();
        }
    }

    @Test
    void aThreadOfTheClientsOwnThatSpinsIsNamedInTheCaseAndInTheSummary() throws Exception {
        BrokenClient client = new BrokenClient(Defect.OWN_THREAD_SPINS);
        String waits = GUILTY.formatted(1).replace("client:ping()", "client:channel():receive()");
        try (Trust trust = Trust.in(stage.server::authorityPem);
                Implementation implementation = new CalledImplementation(client, trust)) {
            Stage.Played played = stage.play(implementation, new RunPlan(Stage.cases(waits), 2, 1, 1));

            String named = "used a processor: thread \"own-reader\" at " + BrokenClient.class.getName() + ".spin";
            assertThat(played.result("guilty.1").transcript()).anyMatch(line -> line.contains(named));
            assertThat(played.summary().remarks()).anyMatch(line -> line.startsWith(named));
        } finally {
            client.letReturn();
        }
    }

    @Test
    void callsThatSpinEndTheRunBeforeTheyLeaveNoProcessor() throws Exception {
        BrokenClient client = new BrokenClient(Defect.SEND_SPINS);
        int guilty = AbandonedCalls.MOST_SPINNING + 20;
        try (Trust trust = Trust.in(stage.server::authorityPem);
                Implementation implementation = new CalledImplementation(client, trust)) {
            // One after the other: else all of them would spin before the first is given up.
            RunPlan plan = new RunPlan(Stage.cases(texts(GUILTY, guilty)), 1, 1, 1);
            Stage.Played played = stage.play(implementation, plan);

            assertThat(played.summary().conclusion()).isEqualTo(RunSummary.Conclusion.INTERRUPTED);
            assertThat(played.summary().early())
                    .hasValueSatisfying(end -> assertThat(end.sentence())
                            .startsWith(AbandonedCalls.MOST_SPINNING + " calls of the client spin and cannot be ended")
                            .contains("the first is the script of guilty.", "BrokenClient.spin"));
            assertThat(played.results())
                    .hasSize(AbandonedCalls.MOST_SPINNING)
                    .allMatch(result -> result.verdict() == Verdict.FAILED);
            assertThat(client.held()).hasSizeLessThan(guilty);
        } finally {
            client.letReturn();
        }
    }

    @Test
    void aClientThatIsNotMadeFailsItsCases() throws Exception {
        List<TestCase> cases = Stage.cases(INNOCENT.formatted(1)
                + INNOCENT.formatted(2).replace("server = echo", "server = echo { tls = \"trusted\" }"));
        Stage.Played played = stage.play(
                stage.client.in((builder, trusted) -> {
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
    void aClientWhoseMakingNeverReturnsFailsItsCase() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        try {
            Stage.Played played = stage.play(
                    new Decorated(stage.client, (number, real, urls) -> {
                        if (urls.isEmpty()) {
                            Uninterrupted.await(released);
                        }
                        return real.open(urls);
                    }),
                    new RunPlan(
                            Stage.cases(INNOCENT.formatted(1)
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

    private static String texts(String text, int count) {
        StringBuilder all = new StringBuilder();
        for (int number = 1; number <= count; number++) {
            all.append(text.formatted(number));
        }
        return all.toString();
    }
}
