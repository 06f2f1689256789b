package io.wstck.tck.autobahn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.client.CompressionMode;
import io.wstck.client.ConnectOptions;
import io.wstck.client.WebSocketClient;
import io.wstck.client.WebSocketException;
import io.wstck.server.exchange.NoMemoryException;
import io.wstck.tck.prove.relay.Frame;
import io.wstck.tck.prove.relay.Head;
import io.wstck.tck.prove.relay.Relay;
import io.wstck.tck.prove.relay.Tampering;
import io.wstck.tck.prove.relay.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients with one fault each, made by a relay in front of a good one: where the rules of the original let it through, ours do not. */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class FaultyClientTest {
    private Arena arena;

    @BeforeEach
    void open() throws IOException {
        arena = Arena.open();
    }

    @AfterEach
    void close() throws IOException {
        arena.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.2", "2.2", "3.1", "6.3.1", "7.1.1", "7.3.3"})
    void whoDoesNotMaskFails(String id) throws Exception {
        assertFails(id, sent(Frame::unmasked), "not masked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.2", "9.1.1", "3.1"})
    void whoSetsAReservedBitOnItsEchoesFails(String id) throws Exception {
        assertFails(id, sent(frame -> frame.data() ? frame.withRsv(4) : frame), "rsv 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.2", "1.1.1", "7.1.1"})
    void whoseLengthsAreNotMinimalFails(String id) throws Exception {
        assertFails(id, sent(frame -> frame.data() ? frame.withLengthForm(64) : frame), "64-bit form");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.6", "1.2.3", "9.1.1", "9.2.1", "9.4.6", "10.1.1"})
    void whoChangesAByteOfAnEchoFails(String id) throws Exception {
        assertFails(id, sent(FaultyClientTest::lastByteChanged), "not what is expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.7.4", "9.8.2"})
    void whoChangesAByteOfAnEchoInALongRowFails(String id) throws Exception {
        assertFails(id, sent(FaultyClientTest::lastByteChanged), "not what is expected");
        assertThat(arena.record(CaseId.parse(id)).happenings().toString()).contains("differs from byte");
    }

    private static Frame lastByteChanged(Frame frame) {
        if (!frame.data() || frame.payload().length == 0) {
            return frame;
        }
        byte[] changed = frame.payload().clone();
        changed[changed.length - 1] ^= 1;
        return frame.withPayload(changed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.2", "1.2.2", "5.3", "6.2.1", "9.1.1", "9.8.1"})
    void whoEchoesWithTheOtherTypeFails(String id) throws Exception {
        assertFails(
                id,
                sent(frame -> frame.is(Frame.TEXT)
                        ? frame.withOpcode(Frame.BINARY)
                        : frame.is(Frame.BINARY) ? frame.withOpcode(Frame.TEXT) : frame),
                "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.2", "5.3", "6.5.1", "7.1.1"})
    void whoEchoesTwiceFails(String id) throws Exception {
        assertFails(
                id,
                () -> new Tampering() {
                    @Override
                    public void fromClient(Frame frame, Wire wire) throws IOException {
                        wire.toServer(frame);
                        if (frame.data()) {
                            wire.toServer(frame);
                        }
                    }
                },
                "not what is expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.2", "2.1", "7.1.1", "7.7.5"})
    void whoSendsAFrameAfterItsCloseFrameFails(String id) throws Exception {
        assertFails(
                id,
                () -> new Tampering() {
                    @Override
                    public void fromClient(Frame frame, Wire wire) throws IOException {
                        wire.toServer(frame);
                        if (frame.is(Frame.CLOSE)) {
                            wire.toServer(Frame.toServer(Frame.TEXT, new byte[] {'x'}));
                        }
                    }
                },
                "after the close frame");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.1", "2.4", "2.9", "5.6"})
    void whoAnswersNoPingFails(String id) throws Exception {
        assertFails(id, sifted(frame -> frame.is(Frame.PONG) ? Optional.empty() : Optional.of(frame)), "in time");
    }

    /** What breaks a rule never reaches the client: it goes on as if nothing were. */
    @ParameterizedTest
    @ValueSource(strings = {"2.5", "3.1", "3.6", "4.1.1", "4.2.1", "5.1", "5.9", "6.3.1", "6.12.8", "6.13.4"})
    void whoLetsAViolationPassFails(String id) throws Exception {
        AutobahnResult result = play(
                id,
                () -> new Tampering() {
                    @Override
                    public void fromServer(Frame frame, Wire wire) throws IOException {
                        if (isQuestion(frame) || frame.is(Frame.CLOSE)) {
                            wire.toClient(frame);
                        }
                    }

                    // Whether the client is alive.
                    private static boolean isQuestion(Frame frame) {
                        return new String(frame.payload(), StandardCharsets.US_ASCII).startsWith("alive? ");
                    }
                },
                EchoClient.plain(),
                Strictness.ORIGINAL);
        assertThat(result.behavior()).as("%s", result).isEqualTo(Behavior.FAILED);
        assertThat(result.behaviorClose()).as("%s", result).isEqualTo(Behavior.FAILED);
    }

    @Test
    void whoDoesNotAnswerACloseFrameIsUnclean() throws Exception {
        AutobahnResult result = play(
                "1.1.2",
                sifted(frame -> frame.is(Frame.CLOSE) ? Optional.empty() : Optional.of(frame)),
                EchoClient.plain(),
                Strictness.ORIGINAL);
        assertThat(result.behaviorClose()).as("%s", result).isEqualTo(Behavior.UNCLEAN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.2", "7.1.1", "7.3.2", "7.7.2", "3.1", "6.3.1"})
    void whoClosesWithAnotherCodeHasTheWrongCode(String id) throws Exception {
        AutobahnResult result = play(
                id,
                sifted(frame -> frame.is(Frame.CLOSE) ? Optional.of(frame.withCloseCode(4321)) : Optional.of(frame)),
                EchoClient.plain(),
                Strictness.ORIGINAL);
        assertThat(result.behaviorClose()).as("%s", result).isEqualTo(Behavior.WRONG_CODE);
        assertThat(result.passed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1", "5.9", "6.3.1", "7.9.1"})
    void whoEndsTcpInsteadOfSayingWhyPassesButNotInStrictMode(String id) throws Exception {
        Supplier<Tampering> tampering = () -> new Tampering() {
            @Override
            public void fromClient(Frame frame, Wire wire) throws IOException {
                if (frame.is(Frame.CLOSE)) {
                    wire.endToServer(Wire.End.FIN);
                } else {
                    wire.toServer(frame);
                }
            }
        };
        AutobahnResult result = play(id, tampering, EchoClient.plain(), Strictness.ORIGINAL);
        assertThat(result.passed()).as("%s", result).isTrue();
        assertThat(arena.result(CaseId.parse(id), Strictness.STRICT).passed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12.1.2", "13.1.2"})
    void whoNegotiatedCompressionAndDoesNotCompressIsToldAndFailsOnlyInStrictMode(String id) throws Exception {
        ConnectOptions never = ConnectOptions.builder()
                .compression(CompressionMode.CONTEXT_TAKEOVER)
                .compressionThreshold(1 << 20)
                .build();
        AutobahnResult result = play(id, () -> new Tampering() {}, never, Strictness.ORIGINAL);
        assertThat(result.behavior()).as("%s", result).isEqualTo(Behavior.INFORMATIONAL);
        assertThat(result.passed()).isTrue();
        assertThat(result.result()).contains("RFC 7692 §6 leaves to the client");
        assertThat(result.received().toString()).contains("1000 of them not compressed");
        AutobahnResult strict = arena.result(CaseId.parse(id), Strictness.STRICT);
        assertThat(strict.behavior()).isEqualTo(Behavior.FAILED);
        assertThat(strict.result()).contains("goes beyond the RFCs");
    }

    @ParameterizedTest
    @CsvSource({
        "2.10, 'payload-9', NON_STRICT",
        "2.11, 'payload-3 payload-9', NON_STRICT",
        "2.10, 'payload-0 payload-8', FAILED",
        "2.10, '', FAILED",
    })
    void ofSeveralPingsTheLastOneMustBeAnswered(String id, String answered, Behavior expected) throws Exception {
        Set<String> pongs = Set.of(answered.split(" "));
        Supplier<Tampering> tampering = () -> new Tampering() {
            @Override
            public void fromClient(Frame frame, Wire wire) throws IOException {
                if (!frame.is(Frame.PONG) || pongs.contains(new String(frame.payload(), StandardCharsets.UTF_8))) {
                    wire.toServer(frame);
                }
            }
        };
        AutobahnResult result = play(id, tampering, EchoClient.plain(), Strictness.STRICT);
        assertThat(result.behavior()).as("%s", result).isEqualTo(expected);
    }

    @Test
    void pongsInAnotherOrderThanThePingsFail() throws Exception {
        Supplier<Tampering> tampering = () -> new Tampering() {
            private Optional<Frame> held = Optional.empty();

            @Override
            public void fromClient(Frame frame, Wire wire) throws IOException {
                if (frame.is(Frame.PONG) && held.isEmpty()) {
                    held = Optional.of(frame);
                    return;
                }
                wire.toServer(frame);
                if (frame.is(Frame.PONG) && new String(frame.payload(), StandardCharsets.UTF_8).equals("payload-9")) {
                    wire.toServer(held.orElseThrow());
                }
            }
        };
        AutobahnResult result = play("2.10", tampering, EchoClient.plain(), Strictness.ORIGINAL);
        assertThat(result.behavior()).as("%s", result).isEqualTo(Behavior.FAILED);
    }

    /** A client that echoes bad text has not failed the connection, and will not: nobody waits until it does. */
    @ParameterizedTest
    @ValueSource(strings = {"6.3.1", "6.16.1", "6.20.1"})
    void whoEchoesBadTextIsNotWaitedFor(String id) throws Exception {
        Supplier<Tampering> tampering = () -> new Tampering() {
            @Override
            public void fromServer(Frame frame, Wire wire) throws IOException {
                boolean bad = frame.data() && !Arrays.equals(frame.payload(), valid(frame.payload()));
                wire.toClient(bad ? frame.withPayload(new byte[] {'b', 'a', 'd'}) : frame);
            }
        };
        AutobahnResult result = play(id, tampering, EchoClient.plain(), Strictness.ORIGINAL);
        assertThat(result.behavior()).as("%s", result).isEqualTo(Behavior.FAILED);
        assertThat(result.resultClose()).contains("to fail the connection");
        assertThat(result.duration()).isLessThan(Draft.FAIL_WAIT);
    }

    private static byte[] valid(byte[] text) {
        return new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"13.3.4", "13.5.4"})
    void whoseWindowIsLargerThanNegotiatedFails(String id) throws Exception {
        assertIgnores(id, "client_max_window_bits=9", "the window is of 512");
    }

    @ParameterizedTest
    @ValueSource(strings = {"13.2.4", "13.6.4"})
    void whoGoesOnWithTheWindowThatItShouldHaveLeftFails(String id) throws Exception {
        assertIgnores(id, "client_no_context_takeover", "into an earlier message");
    }

    /** Whoever cannot deflate would otherwise keep the server waiting for minutes in each of two hundred cases. */
    @Test
    void whoseMessagesDoNotInflateFailsAtOnce() throws Exception {
        AutobahnResult result = play(
                "12.1.1",
                sent(frame -> frame.data() ? frame.withPayload(new byte[] {-1, -1}) : frame),
                EchoClient.compressing(),
                Strictness.ORIGINAL);
        assertThat(result.behavior()).as("%s", result).isEqualTo(Behavior.FAILED);
        assertThat(result.result()).contains("does not inflate");
        assertThat(result.received()).containsExactly("0 of 1000 echoes, then: a message that does not inflate");
        assertThat(result.duration()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aMessageThatTheServerHasNoRoomForIsNotBlamedOnTheClient() throws Exception {
        CaseId number = CaseId.parse("1.2.6");
        try (Arena small = Arena.open(10_000);
                WebSocketClient client = WebSocketClient.create()) {
            EchoClient.echo(client, small.url(number), EchoClient.plain());
            assertThatThrownBy(() -> small.result(number, Strictness.ORIGINAL))
                    .hasRootCauseInstanceOf(NoMemoryException.class);
        }
    }

    /** The client never learns of that parameter. */
    private void assertIgnores(String id, String parameter, String problem) throws Exception {
        Supplier<Tampering> deaf = () -> new Tampering() {
            @Override
            public Head response(Head head) {
                return head.changing("Sec-WebSocket-Extensions", value -> value.replace("; " + parameter, ""));
            }
        };
        AutobahnResult result = play(id, deaf, EchoClient.compressing(), Strictness.ORIGINAL);
        assertThat(result.behavior()).as("%s", result).isEqualTo(Behavior.FAILED);
        assertThat(result.result()).contains(problem);
    }

    private void assertFails(String id, Supplier<Tampering> tampering, String why) throws Exception {
        AutobahnResult result = play(id, tampering, EchoClient.plain(), Strictness.ORIGINAL);
        assertThat(result.behavior()).as("%s", result).isEqualTo(Behavior.FAILED);
        assertThat(result.result()).contains(why);
    }

    private AutobahnResult play(String id, Supplier<Tampering> tampering, ConnectOptions options, Strictness strictness)
            throws Exception {
        CaseId number = CaseId.parse(id);
        try (Relay relay = Relay.open(arena.url(number), tampering);
                WebSocketClient client = WebSocketClient.create()) {
            EchoClient.echo(client, relay.url(), options);
            return arena.result(number, strictness);
        } catch (WebSocketException refused) {
            throw new AssertionError("case " + id + ": the client did not connect", refused);
        }
    }

    /** Each frame of the client changed. */
    private static Supplier<Tampering> sent(UnaryOperator<Frame> change) {
        return sifted(frame -> Optional.of(change.apply(frame)));
    }

    /** What becomes of a frame, if anything. */
    private interface Sieve {
        Optional<Frame> apply(Frame frame);
    }

    /** Each frame of the client changed, or left out. */
    private static Supplier<Tampering> sifted(Sieve sieve) {
        return () -> new Tampering() {
            @Override
            public void fromClient(Frame frame, Wire wire) throws IOException {
                Optional<Frame> changed = sieve.apply(frame);
                if (changed.isPresent()) {
                    wire.toServer(changed.get());
                }
            }
        };
    }
}
