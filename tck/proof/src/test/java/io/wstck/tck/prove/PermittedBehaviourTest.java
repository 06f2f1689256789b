package io.wstck.tck.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.prove.faults.FaultCatalogue;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Behaviour that the RFCs permit fails no case at level rfc, even if it breaks a should. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors")
class PermittedBehaviourTest {
    private static final int JOBS = 16;

    private static ProofFixture kit;

    @BeforeAll
    static void start() throws Exception {
        kit = ProofFixture.start();
    }

    @AfterAll
    static void stop() {
        kit.close();
    }

    /** Faults that break a should. The pattern matches the clauses whose cases may report them. */
    @ParameterizedTest
    @CsvSource({
        "close.does-not-wait,                      .*close.*",
        "close.ends-tcp-first,                     .*close.*",
        "close.pong-withheld,                      .*close.*",
        "close.twice,                              .*close.*",
        "remote-close.answered-1002,               .*close.*|.*interleaved.*|.*handshake.*|.*mixed",
        "remote-close.answered-twice,              remote-close.*|.*close\\.(after|simultaneous)|.*interleaved.*|.*mixed",
        "remote-close.codes-of-2011,               .*close.*",
        "close-frame.empty-refused,                .*close.*",
        "close-frame.long-reason-refused,          .*close.*",
        "frames.long-form-accepted,                .*framing.*|.*control.*",
        "handshake.connection-list,                .*handshake.*|connect.*",
        "handshake.connection-twice,               .*handshake.*|connect.*",
        "protocols.selection-required,             .*protocols.*|connect.*",
        "send.invalid-utf8-replaced,               .*utf8.*",
        "compression.declined-refused,             .*compression.*|.*reserved-bits",
        "compression.never,                        .*compression.*|.*negotiation.*|.*rsv1.*|.*deflate.*",
        "deflate-answer.case-ignored,              .*compression.*|.*negotiation.*",
    })
    void aShouldThatIsMissedFailsNoRfcCase(String id, String clauses) throws Exception {
        Fault fault = FaultCatalogue.all().stream()
                .filter(kept -> kept.id().equals(id))
                .findFirst()
                .orElseThrow();

        assertThat(failed(fault.mechanisms(), clauses)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "answers the latest ping alone,                         .*ping.*|.*fragmentation.*|.*utf8.valid|.*handshake.*|.*mixed|.*window",
        "asks for server_no_context_takeover,                   options.compression.answers|.*negotiation.*",
        "'offers client_max_window_bits, and sends plain messages', .*deflate.client",
        "fragments what it sends,                               .*mask.*|.*client-reserved|.*client-length",
        "makes the nonce of hexadecimal digits,                 .*handshake.*",
        "refuses client_no_context_takeover unless it has offered it, .*compression.*|.*negotiation.*",
        "fails a handshake after it has said that it connected, .*handshake.*|connect.*|.*unoffered|.*negotiation.*",
        "writes a target in an equivalent form,                 connect.*",
        "takes U+FEFF for a signature,                          .*utf8.*",
        "sends each ping twice,                                 .*ping.*|.*mask.*",
        "pings once,                                            .*ping.*|.*mask.*",
        "closes without a code where the code is reserved,      .*close.*",
    })
    void permittedBehaviourFailsNoRfcCase(String client, String clauses) throws Exception {
        assertThat(failed(PermittedClients.all().get(client), clauses)).isEmpty();
    }

    private static List<String> failed(List<Mechanism> mechanisms, String clauses) throws InterruptedException {
        Pattern pattern = Pattern.compile(clauses);
        List<TestCase> light = kit.cases.stream()
                .filter(testCase -> testCase.level() == Level.RFC
                        && BaselineClients.profile(testCase) == Profile.API
                        && testCase.weight() == TestCase.Weight.LIGHT
                        && pattern.matcher(testCase.clause().id()).matches())
                .toList();
        assertThat(light).isNotEmpty();
        return new CaseBatchPlayer(kit.server)
                .play(new FaultyClient(kit.client, "permitted", mechanisms), light, JOBS).values().stream()
                        .filter(result -> result.verdict() == Verdict.FAILED)
                        .map(result -> result.testCase().id() + ": "
                                + result.judgement().reason())
                        .toList();
    }
}
