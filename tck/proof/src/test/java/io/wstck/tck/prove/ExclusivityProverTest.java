package io.wstck.tck.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.implementation.BundledClient;
import io.wstck.tck.run.CaseResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExclusivityProverTest {
    private static final String OWN = """
            case "own" {
              clause = "send.text", title = "text arrives as text", server = echo,
              client = function(t)
                local client = t:connect()
                client:send("hello")
                t:message("text", "hello", client:channel():receive())
              end,
            }
            """;

    private static final String BLIND = """
            case "blind" {
              clause = "send.returns", title = "send returns true", server = echo,
              client = function(t) t:returns({ true }, t:connect():send("hello")) end,
            }
            """;

    private static final String SEEING = OWN.replace("\"own\"", "\"seeing\"").replace("send.text", "receive.message");

    private static final Fault TEXT_AS_BINARY = fault("send.text");

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
    void aFaultThatNoCaseOfAnotherClauseNoticesIsExclusive() throws Exception {
        ExclusivityFinding finding = prove(OWN + BLIND, TEXT_AS_BINARY.exclusive());
        assertThat(finding.exclusive()).isTrue();
        assertThat(finding.contradictsDeclaration()).isFalse();
    }

    @Test
    void aFaultThatAnotherClauseNoticesContradictsItsDeclaration() throws Exception {
        ExclusivityFinding finding = prove(OWN + BLIND + SEEING, TEXT_AS_BINARY.exclusive());
        assertThat(finding.others()).containsExactly("seeing");
        assertThat(finding.contradictsDeclaration()).isTrue();
    }

    @Test
    void aFaultWithoutADeclarationIsNotContradicted() throws Exception {
        ExclusivityFinding finding = prove(OWN + SEEING, TEXT_AS_BINARY);
        assertThat(finding.others()).containsExactly("seeing");
        assertThat(finding.contradictsDeclaration()).isFalse();
    }

    @Test
    void aFaultThatBreaksSeveralClausesCannotBeExclusive() throws Exception {
        Fault two = fault("send.text", "send.returns");
        assertThatThrownBy(two::exclusive)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "fault x: expected one broken clause, since no other notices it, got send.text, send.returns");
        assertThatThrownBy(() -> prove(OWN + BLIND, two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fault x: expected one broken clause, got send.text, send.returns");
    }

    @Test
    void aDocumentedClauseIsCoveredOnlyByAnExclusiveFault() throws Exception {
        List<String> ids = new ArrayList<>();
        for (Fault fault : List.of(TEXT_AS_BINARY, TEXT_AS_BINARY.exclusive())) {
            FaultCoverage coverage = FaultCoverage.of(ProofFixture.cases(OWN + BLIND), List.of(fault));
            coverage.clausesWithoutExclusiveFault().forEach(clause -> ids.add(clause.id()));
            assertThat(coverage.clausesWithoutFault())
                    .extracting(clause -> clause.id())
                    .containsExactly("send.returns");
        }
        assertThat(ids).containsOnlyOnce("send.text");
    }

    private static Fault fault(String... clauses) {
        return new Fault(
                "x",
                List.of(clauses),
                "text is sent as binary",
                List.of(new Mechanism.LuaWrapper("function client:send(data) return self.real:send(data, 2) end")));
    }

    private ExclusivityFinding prove(String cases, Fault fault) throws Exception {
        BundledClient client = new BundledClient("test");
        return new ExclusivityProver(new BaselineClients(client, client), server, ProofFixture.cases(cases))
                .prove(List.of(fault), new ExclusivityListener() {
                    @Override
                    public void baselinePlayed(int count, List<CaseResult> failures, Duration duration) {}

                    @Override
                    public void judged(ExclusivityFinding finding) {}
                })
                .getFirst();
    }
}
