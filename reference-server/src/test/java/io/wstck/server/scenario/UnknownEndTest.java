package io.wstck.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.exchange.Act;
import io.wstck.server.exchange.Exchange;
import io.wstck.server.exchange.ExchangePlayer;
import io.wstck.server.exchange.ExchangeRecord;
import io.wstck.server.exchange.OutFrame;
import io.wstck.server.exchange.Pace;
import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.journal.JournalEntry.ConnectionId;
import io.wstck.server.journal.JournalKeeper;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FakeTransport;
import io.wstck.server.wire.FrameHeader.Fin;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.NotWritableException;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.PeerEnd;
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

/** A write that fails tells of the client's end in the system's language; a read then meets the end without its reason. */
class UnknownEndTest {
    private static final String GERMAN = "Die Verbindung wurde vom Kommunikationspartner zurückgesetzt";
    private static final String JAPANESE = "接続が相手からリセットされました";
    private static final MemoryBudget MEMORY = new MemoryBudget(1 << 20);

    /** Every write fails; after the first of them a read meets the end. */
    private static final class Gone extends FakeTransport {
        private final IOException failure;
        private boolean failed;

        Gone(IOException failure) {
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
        JournalKeeper keeper = new JournalKeeper(JournalKeeper.Kept.ENTRIES, MEMORY);
        ScriptSignal script = new ScriptSignal(Duration.ZERO);
        script.end();
        PlayerContext context = new PlayerContext(
                new ConnectionLog(keeper, new ConnectionId("main", 1)),
                script,
                MEMORY,
                Waits.all(Duration.ofMillis(1)),
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
    void theJournalSaysThatTheClientEndedWhereNothingTellsHow(String text) {
        assertThat(ends(play(new Gone(new IOException(text)), ping()))).containsExactly("ended");
    }

    @Test
    void theJournalSaysHowWhereTheSystemsOwnTextTells() {
        String reset = SocketErrors.ofThisSystem().afterReset().orElseThrow();
        String fin = SocketErrors.ofThisSystem().afterFin().orElseThrow();
        assertThat(ends(play(new Gone(new IOException(reset)), ping()))).containsExactly("rst");
        assertThat(ends(play(new Gone(new IOException(fin)), ping()))).containsExactly("fin");
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

    @ParameterizedTest
    @ValueSource(strings = {GERMAN, JAPANESE})
    void anExchangeSaysSoToo(String text) throws InterruptedException {
        assertThat(exchange(text)).contains(PeerEnd.ENDED);
    }

    @Test
    void anExchangeSaysHowWhereTheSystemsOwnTextTells() throws InterruptedException {
        assertThat(exchange(SocketErrors.ofThisSystem().afterReset().orElseThrow()))
                .contains(PeerEnd.RST);
    }

    private static Optional<PeerEnd> exchange(String text) throws InterruptedException {
        ExchangePlayer player = new ExchangePlayer(
                new Gone(new IOException(text)),
                new ExchangePlayer.Handshaken(Optional.empty(), List.of(), Bytes.EMPTY),
                MEMORY);
        OutFrame frame = OutFrame.of(Fin.LAST, Opcode.TEXT, Bytes.utf8("x"));
        ExchangeRecord record = player.play(new Exchange(
                List.of(new Act.Send(List.of(frame), Pace.together()), new Act.AwaitEnd(0, Duration.ofSeconds(30)))));
        return record.ending().tcp();
    }

    /** A client that never stops sending is no reason to miss a deadline. */
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
    void onlyBytesMoveTheIdleLimitOn() {
        JournalKeeper keeper = new JournalKeeper(JournalKeeper.Kept.NOTHING, MEMORY);
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
        Incoming incoming = new Incoming(transport, log, Decoder.bytes(log));
        long before = incoming.idleDeadline().nanos();
        incoming.pumpOnce();
        assertThat(incoming.idleDeadline().nanos()).isEqualTo(before);
        next[0] = 1;
        incoming.pumpOnce();
        assertThat(incoming.idleDeadline().nanos()).isGreaterThan(before);
    }
}
