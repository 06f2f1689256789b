package io.wstck.tck.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.prove.kept.KeptFaults;
import io.wstck.tck.prove.relay.Frame;
import io.wstck.tck.prove.relay.Tampering;
import io.wstck.tck.prove.relay.Wire;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that does what the RFCs permit fails no case at the level rfc, even if it misses a should. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors")
class PermittedBehaviourTest {
    private static final int JOBS = 16;

    private static Kit kit;

    @BeforeAll
    static void start() throws Exception {
        kit = Kit.start();
    }

    @AfterAll
    static void stop() {
        kit.close();
    }

    /** Kept faults that break a should, each with the clauses whose cases could blame a client for more. */
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
        "deflate-answer.client-no-context-refused, .*compression.*|.*negotiation.*",
        "deflate-answer.case-ignored,              .*compression.*|.*negotiation.*",
    })
    void aShouldThatIsMissedFailsNoRfcCase(String id, String clauses) throws Exception {
        Fault fault = KeptFaults.all().stream()
                .filter(kept -> kept.id().equals(id))
                .findFirst()
                .orElseThrow();

        assertThat(failed(fault.mechanisms(), clauses)).isEmpty();
    }

    @Test
    void aPongForOnlyTheLatestOfSeveralPingsFailsNoRfcCase() throws Exception {
        Mechanism latest = new Mechanism.WireTampering(LatestPing::new);

        assertThat(failed(List.of(latest), ".*ping.*|.*fragmentation.*|.*utf8.valid|.*handshake.*|.*mixed|.*window"))
                .isEmpty();
    }

    private static List<String> failed(List<Mechanism> mechanisms, String clauses) throws InterruptedException {
        Pattern pattern = Pattern.compile(clauses);
        List<TestCase> light = kit.cases.stream()
                .filter(testCase -> testCase.level() == Level.RFC
                        && Clients.profile(testCase) == Profile.API
                        && testCase.weight() == TestCase.Weight.LIGHT
                        && pattern.matcher(testCase.clause().id()).matches())
                .toList();
        assertThat(light).isNotEmpty();
        return new Plays(kit.server)
                .play(new FaultyClient(kit.client, "permitted", mechanisms), light, JOBS).values().stream()
                        .filter(result -> result.verdict() == Verdict.FAILED)
                        .map(result -> result.testCase().id() + ": "
                                + result.judgement().reason())
                        .toList();
    }

    /** Hides all pings of one read from the client except the last (RFC 6455 §5.5.3). */
    private static final class LatestPing implements Tampering {
        @Override
        public void fromServer(List<Frame> frames, Wire wire) throws IOException {
            int latest = IntStream.range(0, frames.size())
                    .filter(index -> frames.get(index).is(Frame.PING))
                    .max()
                    .orElse(-1);
            for (int index = 0; index < frames.size(); index++) {
                if (!frames.get(index).is(Frame.PING) || index == latest) {
                    wire.toClient(frames.get(index));
                }
            }
        }
    }
}
