package io.wstck.tck.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.WebSocketClient;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.MessageType;
import io.wstck.tck.autobahn.exchange.Exchange;
import io.wstck.tck.autobahn.exchange.ExchangeAction;
import io.wstck.tck.autobahn.exchange.OutFrame;
import io.wstck.tck.autobahn.exchange.WriteChunking;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Round trips do not wait for delayed acknowledgements. With Nagle's algorithm the second write of a message would wait
 * for the acknowledgement of the first one. The client would delay it, because it cannot answer half a message.
 */
class DelayedAckTest {
    private static final int ROUND_TRIPS = 250;
    /** The shortest delay of a delayed acknowledgement. */
    private static final Duration DELAY = Duration.ofMillis(40);

    private static final CaseId ID = CaseId.of(99, 1);

    /** A delay would slow down every attempt, so one fast attempt shows that nothing waits. */
    private static final int ATTEMPTS = 5;

    @Test
    void messagesInTwoWritesDoNotWaitForDelayedAcknowledgements() throws Exception {
        try (CasePlayingServer server = CasePlayingServer.openFor(inTwoWrites())) {
            assertOkWithoutDelay(server, ID, ROUND_TRIPS);
        }
    }

    @Test
    void aThousandLockStepsDoNotWaitForDelayedAcknowledgements() throws Exception {
        try (CasePlayingServer server = CasePlayingServer.open()) {
            assertOkWithoutDelay(server, CaseId.parse("9.8.3"), 1000);
        }
    }

    /** Checks that the case takes less than half of the time in which each round trip waits. */
    private static void assertOkWithoutDelay(CasePlayingServer server, CaseId id, int roundTrips) throws Exception {
        Duration limit = DELAY.multipliedBy(roundTrips).dividedBy(2);
        Duration fastest = Duration.ofDays(1);
        try (WebSocketClient client = WebSocketClient.create()) {
            for (int attempt = 0; attempt < ATTEMPTS && fastest.compareTo(limit) >= 0; attempt++) {
                EchoClient.echo(client, server.url(id), EchoClient.plain());
                AutobahnResult result = server.result(id, Strictness.STRICT);
                assertThat(result.behavior()).as("%s", result).isEqualTo(AutobahnVerdict.OK);
                fastest = result.duration();
            }
        }
        assertThat(fastest).isLessThan(limit);
    }

    private static AutobahnCase inTwoWrites() {
        Bytes half = Bytes.utf8("half");
        List<ExchangeAction> actions = new ArrayList<>();
        for (int count = 1; count <= ROUND_TRIPS; count++) {
            actions.add(new ExchangeAction.Send(
                    List.of(Frames.first(MessageType.TEXT, half), Frames.last(half)), new WriteChunking.FrameWrites()));
            actions.add(new ExchangeAction.Await(count, Duration.ofSeconds(100)));
        }
        actions.add(
                new ExchangeAction.Send(List.of(OutFrame.close(CloseStatus.of(1000, ""))), WriteChunking.together()));
        return new AutobahnCase(
                ID,
                "Many messages, each in two writes.",
                "Each message comes back.",
                List.of(),
                new Exchange(actions),
                new VerdictRules(
                        List.of(PermittedOutcome.ok(Collections.nCopies(ROUND_TRIPS, ExpectedEvent.text("halfhalf")))),
                        new CloseRule.CleanClose(Set.of(1000)),
                        VerdictRules.Subject.MESSAGES,
                        0));
    }
}
