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

    /** A system that acknowledges late does so each time: one fast play of a few shows that none has to wait. */
    private static final int ATTEMPTS = 5;

    @Test
    void noRoundTripOfAMessageInTwoWritesWaitsForADelayedAcknowledgement() throws Exception {
        try (Arena arena = Arena.openFor(inTwoWrites())) {
            assertOkWithoutDelay(arena, ID, ROUND_TRIPS);
        }
    }

    @Test
    void noneOfAThousandLockStepsDoesEither() throws Exception {
        try (Arena arena = Arena.open()) {
            assertOkWithoutDelay(arena, CaseId.parse("9.8.3"), 1000);
        }
    }

    /** Within half of what it took if each waited. */
    private static void assertOkWithoutDelay(Arena arena, CaseId id, int roundTrips) throws Exception {
        Duration limit = DELAY.multipliedBy(roundTrips).dividedBy(2);
        Duration fastest = Duration.ofDays(1);
        try (WebSocketClient client = WebSocketClient.create()) {
            for (int attempt = 0; attempt < ATTEMPTS && fastest.compareTo(limit) >= 0; attempt++) {
                EchoClient.echo(client, arena.url(id), EchoClient.plain());
                AutobahnResult result = arena.result(id, Strictness.STRICT);
                assertThat(result.behavior()).as("%s", result).isEqualTo(Behavior.OK);
                fastest = result.duration();
            }
        }
        assertThat(fastest).isLessThan(limit);
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
