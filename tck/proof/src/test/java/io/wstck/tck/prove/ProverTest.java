package io.wstck.tck.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.BundledClient;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.NotJudgedReason;
import io.wstck.tck.implementation.calls.NotJudgedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProverTest {
    private static final String CHECKED = """
            case "text.checked" {
              clause = "send.text", title = "text arrives as text", server = echo,
              client = function(t)
                local client = t:connect()
                client:send("hello")
                t:message("text", "hello", client:channel():receive())
              end,
            }
            """;

    private static final String UNCHECKED = """
            case "text.unchecked" {
              clause = "send.text", title = "text is sent", server = echo,
              client = function(t) t:returns({ true }, t:connect():send("hello")) end,
            }
            """;

    private static final Fault TEXT_AS_BINARY =
            lua("text-as-binary", "send.text", "function client:send(data) return self.real:send(data, 2) end");

    private ReferenceServer server;

    @BeforeEach
    void start() throws Exception {
        server = ReferenceServer.start(ServerConfig.loopback());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aFaultThatACaseFailsForIsCaughtByThatCase() throws Exception {
        FaultFinding finding =
                prove(new BundledClient("test"), ProofFixture.cases(CHECKED + UNCHECKED), TEXT_AS_BINARY);
        assertThat(finding)
                .isInstanceOfSatisfying(
                        FaultFinding.Caught.class,
                        caught -> assertThat(caught.cases()).containsExactly("text.checked"));
    }

    @Test
    void aFaultWithFourCausesHasTooMany() throws Exception {
        List<String> clauses = List.of("send.text", "send.order", "send.sizes", "receive.message");
        StringBuilder cases = new StringBuilder();
        clauses.forEach(
                clause -> cases.append(CHECKED.replace("send.text", clause).replace("text.checked", clause)));
        Fault four = new Fault("four", clauses, "x", TEXT_AS_BINARY.mechanisms());

        FaultFinding finding = prove(new BundledClient("test"), ProofFixture.cases(cases.toString()), four);

        assertThat(finding).isInstanceOfSatisfying(FaultFinding.Caught.class, caught -> {
            assertThat(caught.causes())
                    .extracting(result -> result.cause().id())
                    .containsExactlyInAnyOrderElementsOf(clauses);
            assertThat(caught.hasTooManyCauses()).isTrue();
        });
        ProofReport report = new ProofReport(List.of(finding), List.of(), Duration.ZERO);
        assertThat(report.conclusion()).isEqualTo(ProofReport.Conclusion.TOO_MANY_CAUSES);
    }

    /** A trial plays a case up to three times, and once more up to three times when no other case of it runs. */
    @Test
    void aTrialWithOnlyInconclusiveResultsIsRepeatedAtTheEnd() throws Exception {
        AtomicInteger sessions = new AtomicInteger();
        List<Mechanism> mechanisms = new ArrayList<>(TEXT_AS_BINARY.mechanisms());
        mechanisms.add(new Mechanism.WrappedSession(session -> {
            if (sessions.incrementAndGet() <= 6) {
                throw new NotJudgedException(new NotJudgedReason.AdapterTrouble("the machine stood still"));
            }
            return session;
        }));
        Fault fault = new Fault("disturbed", List.of("send.text"), "x", mechanisms);

        FaultFinding finding = prove(new BundledClient("test"), ProofFixture.cases(CHECKED), fault);

        assertThat(finding).isInstanceOf(FaultFinding.Caught.class);
        // Exactly 7, unless a stall of this machine makes the kit play the case once more.
        assertThat(sessions).hasValueGreaterThanOrEqualTo(7);
    }

    @Test
    void aFaultThatNoCaseFailsForIsASurvivor() throws Exception {
        FaultFinding finding = prove(new BundledClient("test"), ProofFixture.cases(UNCHECKED), TEXT_AS_BINARY);
        assertThat(finding)
                .isInstanceOfSatisfying(
                        FaultFinding.Survivor.class,
                        survivor -> assertThat(survivor.clauses()).containsExactly("send.text"));
    }

    @Test
    void aFaultMustBeCaughtByEveryClauseThatItBreaks() throws Exception {
        Fault two = new Fault("two", List.of("send.text", "send.returns"), "x", TEXT_AS_BINARY.mechanisms());
        String returns = UNCHECKED.replace("send.text", "send.returns").replace("text.unchecked", "returns");
        FaultFinding finding = prove(new BundledClient("test"), ProofFixture.cases(CHECKED + returns), two);
        assertThat(finding).isInstanceOfSatisfying(FaultFinding.Survivor.class, survivor -> {
            assertThat(survivor.clauses()).containsExactly("send.returns");
            assertThat(survivor.cases()).containsExactly("text.checked");
        });
    }

    @Test
    void aCaseThatFailsWithoutTheFaultProvesNothing() throws Exception {
        try (Implementation wrong =
                new FaultyClient(new BundledClient("test"), "text-as-binary", TEXT_AS_BINARY.mechanisms())) {
            FaultFinding finding = prove(wrong, ProofFixture.cases(CHECKED), lua("other", "send.text", ""));
            assertThat(finding)
                    .isInstanceOfSatisfying(
                            FaultFinding.Unproven.class,
                            unproven -> assertThat(unproven.failing())
                                    .extracting(result -> result.testCase().id())
                                    .containsExactly("text.checked"));
        }
    }

    @Test
    void aWarningAboutAShouldCatchesItsFault() throws Exception {
        List<TestCase> cases = ProofFixture.cases("""
                case "same" {
                  clause = "receive.channel-same", title = "the same channel", server = echo,
                  client = function(t)
                    local client = t:connect()
                    t:alive(client)
                    t:ok(client:channel() == client:channel(), "the same")
                  end,
                }
                """);
        Fault fault = lua("new-channel", "receive.channel-same", """
                function client:channel()
                  local real = self.real:channel()
                  return { receive = function() return real:receive() end }
                end
                """);
        assertThat(prove(new BundledClient("test"), cases, fault)).isInstanceOf(FaultFinding.Caught.class);
    }

    @Test
    void aFaultThatOnlyAWaitingCaseNoticesIsCaught() throws Exception {
        String waiting = CHECKED.replace("send.text\", title", "send.text\", waits = true, title");
        FaultFinding finding =
                prove(new BundledClient("test"), ProofFixture.cases(UNCHECKED + waiting), TEXT_AS_BINARY);
        assertThat(finding)
                .isInstanceOfSatisfying(
                        FaultFinding.Caught.class,
                        caught -> assertThat(caught.cases()).containsExactly("text.checked"));
    }

    @Test
    void onlyTheBundledClientAcceptsAChangedSetup() {
        Mechanism host = new Mechanism.ChangedClientSetup((builder, _) -> builder);
        try (Implementation bundled = new BundledClient("test");
                Implementation faulty = new FaultyClient(bundled, "host", List.of(host))) {
            assertThatThrownBy(() -> new FaultyClient(faulty, "again", List.of(host)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("fault again: expected the bundled client, whose host program it changes, got "
                            + "wstck-client with host");
        }
    }

    @Test
    void findingsComeInTheOrderOfTheFaults() throws Exception {
        List<Fault> faults = new ArrayList<>();
        for (int number = 1; number <= 12; number++) {
            faults.add(lua("fault-" + number, "send.text", number % 2 == 0 ? "" : script(TEXT_AS_BINARY)));
        }
        ProofReport report = ProofFixture.prover(new BundledClient("test"), server, ProofFixture.cases(CHECKED))
                .prove(faults, List.of(), ProofFixture.SILENT);
        assertThat(report.findings()).extracting(FaultFinding::fault).isEqualTo(faults);
        assertThat(report.conclusion()).isEqualTo(ProofReport.Conclusion.FAULTS_SURVIVE);
    }

    @Test
    void aFaultWhoseCasesThisMachineCannotPlayIsNotASurvivor() throws Exception {
        List<TestCase> cases = ProofFixture.cases(
                CHECKED.replace("server = echo", "server = script { listener = \"own-ipv6\", echo_messages() }"));
        try (ReferenceServer elsewhere = ReferenceServer.start(ServerConfig.named("127.0.0.1", "localhost"))) {
            ProofReport report = ProofFixture.prover(new BundledClient("test"), elsewhere, cases)
                    .prove(List.of(TEXT_AS_BINARY), List.of(), ProofFixture.SILENT);

            assertThat(report.findings())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            FaultFinding.NotPlayable.class,
                            skipped -> assertThat(skipped.cases()).containsExactly("text.checked"));
            assertThat(report.conclusion()).isEqualTo(ProofReport.Conclusion.PROVEN);
        }
    }

    @Test
    void aClauseWithoutCasesCannotBeProven() throws Exception {
        Prover prover = ProofFixture.prover(new BundledClient("test"), server, ProofFixture.cases(CHECKED));
        assertThatThrownBy(() -> prover.prove(List.of(lua("other", "send.binary", "")), List.of(), ProofFixture.SILENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fault other: expected a clause that has cases, got send.binary, which has none");
    }

    private FaultFinding prove(Implementation client, List<TestCase> cases, Fault fault) throws InterruptedException {
        return ProofFixture.prover(client, server, cases)
                .prove(List.of(fault), List.of(), ProofFixture.SILENT)
                .findings()
                .getFirst();
    }

    private static Fault lua(String id, String clause, String script) {
        return new Fault(id, List.of(clause), "does what the test says", List.of(new Mechanism.LuaWrapper(script)));
    }

    private static String script(Fault fault) {
        return ((Mechanism.LuaWrapper) fault.mechanisms().getFirst()).script();
    }
}
