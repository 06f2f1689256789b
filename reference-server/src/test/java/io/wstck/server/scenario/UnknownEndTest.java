package io.wstck.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.journal.JournalEntry.ConnectionId;
import io.wstck.server.journal.JournalRecorder;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.FakeTransport;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.NotWritableException;
import io.wstck.server.wire.SocketErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the end of a client that only a failed write shows. Its text is in the system's language, and a later read has
 * no reason.
 */
class UnknownEndTest {
    private static final String GERMAN = "Die Verbindung wurde vom Kommunikationspartner zurückgesetzt";
    private static final String JAPANESE = "接続が相手からリセットされました";
    private static final MemoryBudget MEMORY = new MemoryBudget(1 << 20);

    /** Every write fails. After the first one, reads return the end. */
    private static final class FailingWriteTransport extends FakeTransport {
        private final IOException failure;
        private boolean failed;

        FailingWriteTransport(IOException failure) {
            this.failure = failure;
        }

        @Override
        public int read(ByteBuffer into) {
            return failed ? -1 : 0;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            failed = true;
            throw failure;
        }
    }

    private static JsonNode play(FakeTransport transport, Step... steps) {
        JournalRecorder keeper = new JournalRecorder(JournalRecorder.JournalRetention.ENTRIES, MEMORY);
        SessionSignals signals = new SessionSignals(Duration.ZERO);
        signals.endScript();
        PlayerContext context = new PlayerContext(
                new ConnectionLog(keeper, new ConnectionId("main", 1)),
                signals,
                MEMORY,
                GracePeriods.all(Duration.ofMillis(1)),
                () -> {});
        Scenario scenario = Scenario.of(HandshakeAnswer.accepting(), List.of(steps));
        ScenarioPlayer.fromUpgrade(transport, scenario, Optional.empty(), context)
                .play();
        return keeper.snapshot("s", "", true).toJson();
    }

    private static List<String> ends(JsonNode journal) {
        return StreamSupport.stream(journal.get("entries").spliterator(), false)
                .filter(entry -> entry.get("type").asText().equals("client-ended"))
                .map(entry -> entry.get("how").asText())
                .toList();
    }

    private static Step ping() {
        return new Step.SendPing(PayloadSpec.of(Bytes.utf8("x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {GERMAN, JAPANESE, "the connection was reset in a language that this system does not speak"})
    void theJournalSaysEndedWhereTheKindOfEndIsUnknown(String text) {
        assertThat(ends(play(new FailingWriteTransport(new IOException(text)), ping())))
                .containsExactly("ended");
    }

    @Test
    void theJournalNamesTheKindOfEndThatTheSystemsTextShows() {
        String reset = SocketErrors.ofThisSystem().afterReset().orElseThrow();
        String fin = SocketErrors.ofThisSystem().afterFin().orElseThrow();
        assertThat(ends(play(new FailingWriteTransport(new IOException(reset)), ping())))
                .containsExactly("rst");
        assertThat(ends(play(new FailingWriteTransport(new IOException(fin)), ping())))
                .containsExactly("fin");
    }

    @Test
    void aLayerAboveTcpThatRefusesAWriteIsNoEndOfTheClient() {
        FakeTransport refusing = new FakeTransport() {
            @Override
            public int write(ByteBuffer from) throws IOException {
                throw new NotWritableException("TLS has failed on this connection");
            }
        };
        assertThat(ends(play(refusing, ping()))).isEmpty();
    }

    /** A client that never stops sending does not make the server miss a deadline. */
    @Test
    void aFrameWithoutEndDoesNotHoldTheScenarioOpen() {
        FakeTransport endless = new FakeTransport() {
            private boolean begun;

            @Override
            public int read(ByteBuffer into) {
                if (Thread.interrupted()) {
                    throw new IllegalStateException("the player read on for longer than the test may take");
                }
                int count = into.remaining();
                if (!begun) {
                    // A binary frame of 2^62 bytes.
                    into.put(new byte[] {(byte) 0x82, (byte) 0xFF, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
                    begun = true;
                }
                into.position(into.limit());
                return count;
            }
        };
        JsonNode journal = play(endless, new Step.Hang(), new Step.Echo(OptionalInt.empty()));
        assertThat(ends(journal)).isEmpty();
    }

    @Test
    void onlyBytesExtendTheIdleLimit() throws InterruptedException {
        JournalRecorder keeper = new JournalRecorder(JournalRecorder.JournalRetention.NOTHING, MEMORY);
        ConnectionLog log = new ConnectionLog(keeper, new ConnectionId("main", 1));
        int[] next = {0};
        FakeTransport transport = new FakeTransport() {
            @Override
            public int read(ByteBuffer into) {
                int count = next[0];
                next[0] = 0;
                into.position(into.position() + count);
                return count;
            }
        };
        PlayerContext context = new PlayerContext(
                log, new SessionSignals(Duration.ZERO), MEMORY, GracePeriods.all(Duration.ofMillis(1)), () -> {});
        PlayedConnection connection =
                new PlayedConnection(transport, context, MEMORY.newReservation(), Decoder.bytes(log));
        long before = idleLimit(connection);
        assertThat(connection.next(Deadline.in(Duration.ZERO))).isEmpty();
        assertThat(idleLimit(connection)).isEqualTo(before);
        next[0] = 1;
        assertThat(connection.next(Deadline.in(Duration.ZERO))).isEmpty();
        assertThat(idleLimit(connection)).isGreaterThan(before);
    }

    private static long idleLimit(PlayedConnection connection) throws InterruptedException {
        return connection.scriptEndDeadline().now().nanos();
    }
}
