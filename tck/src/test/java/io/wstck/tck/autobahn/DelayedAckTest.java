package io.wstck.tck.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.WebSocketClient;
import io.wstck.server.exchange.Act;
import io.wstck.server.exchange.Exchange;
import io.wstck.server.exchange.OutFrame;
import io.wstck.server.exchange.Pace;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.MessageType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Round trips do not wait for acknowledgements. A message in two writes is what it takes: the second one would be held back until the
 * client acknowledges the first, which it has no reason to hurry with, since it cannot answer half a message.
 */
class DelayedAckTest {
    private static final int ROUND_TRIPS = 250;
    /** What a system delays an acknowledgement by, at least. */
    private static final Duration DELAY = Duration.ofMillis(40);

    private static final CaseId ID = CaseId.of(99, 1);

    @Test
    void noRoundTripOfAMessageInTwoWritesWaitsForADelayedAcknowledgement() throws Exception {
        try (Arena arena = Arena.openFor(inTwoWrites());
                WebSocketClient client = WebSocketClient.create()) {
            EchoClient.echo(client, arena.url(ID), EchoClient.plain());
            assertOkWithoutDelay(arena.result(ID, Strictness.STRICT), ROUND_TRIPS);
        }
    }

    @Test
    void noneOfAThousandLockStepsDoesEither() throws Exception {
        CaseId id = CaseId.parse("9.8.3");
        try (Arena arena = Arena.open();
                WebSocketClient client = WebSocketClient.create()) {
            EchoClient.echo(client, arena.url(id), EchoClient.plain());
            assertOkWithoutDelay(arena.result(id, Strictness.STRICT), 1000);
        }
    }

    /** Half of what it took if each waited, which leaves a loaded machine some seconds. */
    private static void assertOkWithoutDelay(AutobahnResult result, int roundTrips) {
        assertThat(result.behavior()).as("%s", result).isEqualTo(Behavior.OK);
        assertThat(result.duration()).isLessThan(DELAY.multipliedBy(roundTrips).dividedBy(2));
    }

    private static AutobahnCase inTwoWrites() {
        Bytes half = Bytes.utf8("half");
        List<Act> acts = new ArrayList<>();
        for (int count = 1; count <= ROUND_TRIPS; count++) {
            acts.add(new Act.Send(
                    List.of(Frames.first(MessageType.TEXT, half), Frames.last(half)), new Pace.EachFrame()));
            acts.add(new Act.Await(count, Duration.ofSeconds(100)));
        }
        acts.add(new Act.Send(List.of(OutFrame.close(CloseStatus.of(1000, ""))), Pace.together()));
        return new AutobahnCase(
                ID,
                "A message in two writes, again and again.",
                "Each comes back.",
                List.of(),
                new Exchange(acts),
                new CaseRules(
                        List.of(Permitted.ok(Collections.nCopies(ROUND_TRIPS, Expected.text("halfhalf")))),
                        new CloseRule.Clean(Set.of(1000)),
                        CaseRules.Subject.MESSAGES,
                        0));
    }
}
