package io.wstck.tck.autobahn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.client.CompressionMode;
import io.wstck.client.ConnectOptions;
import io.wstck.client.WebSocketClient;
import io.wstck.client.WebSocketException;
import io.wstck.tck.autobahn.exchange.NoMemoryException;
import io.wstck.tck.prove.relay.HttpHead;
import io.wstck.tck.prove.relay.Relay;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
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

/**
 * Plays the Autobahn cases with faulty clients. A relay in front of a correct client makes each fault. The kit reports
 * faults that the Autobahn Testsuite misses.
 */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class FaultyClientTest {
    private CasePlayingServer arena;

    @BeforeEach
    void open() throws IOException {
        arena = CasePlayingServer.open();
    }

    @AfterEach
    void close() throws IOException {
        arena.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.2", "2.2", "3.1", "6.3.1", "7.1.1", "7.3.3"})
    void unmaskedFramesFail(String id) throws Exception {
        assertFails(id, sent(RelayedFrame::unmasked), "not masked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.2", "9.1.1", "3.1"})
    void reservedBitsOnEchoesFail(String id) throws Exception {
        assertFails(id, sent(frame -> frame.isData() ? frame.withRsv(4) : frame), "rsv 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.2", "1.1.1", "7.1.1"})
    void lengthsThatAreNotMinimalFail(String id) throws Exception {
        assertFails(id, sent(frame -> frame.isData() ? frame.withLengthForm(64) : frame), "64-bit form");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.6", "1.2.3", "9.1.1", "9.2.1", "9.4.6", "10.1.1"})
    void aChangedByteInAnEchoFails(String id) throws Exception {
        assertFails(id, sent(FaultyClientTest::lastByteChanged), "not those expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.7.4", "9.8.2"})
    void aChangedByteInALongSeriesOfEchoesFails(String id) throws Exception {
        assertFails(id, sent(FaultyClientTest::lastByteChanged), "not those expected");
        assertThat(arena.record(CaseId.parse(id)).events().toString()).contains("differs from byte");
    }

    private static RelayedFrame lastByteChanged(RelayedFrame frame) {
        if (!frame.isData() || frame.payload().length == 0) {
            return frame;
        }
        byte[] changed = frame.payload().clone();
        changed[changed.length - 1] ^= 1;
        return frame.withPayload(changed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.2", "1.2.2", "5.3", "6.2.1", "9.1.1", "9.8.1"})
    void anEchoOfTheOtherTypeFails(String id) throws Exception {
        assertFails(
                id,
                sent(frame -> frame.is(RelayedFrame.TEXT)
                        ? frame.withOpcode(RelayedFrame.BINARY)
                        : frame.is(RelayedFrame.BINARY) ? frame.withOpcode(RelayedFrame.TEXT) : frame),
                "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.2", "5.3", "6.5.1", "7.1.1"})
    void aSecondEchoFails(String id) throws Exception {
        assertFails(
                id,
                () -> new Tampering() {
                    @Override
                    public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
                        wire.toServer(frame);
                        if (frame.isData()) {
                            wire.toServer(frame);
                        }
                    }
                },
                "not those expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.2", "2.1", "7.1.1", "7.7.5"})
    void aFrameAfterTheCloseFrameFails(String id) throws Exception {
        assertFails(
                id,
                () -> new Tampering() {
                    @Override
                    public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
                        wire.toServer(frame);
                        if (frame.is(RelayedFrame.CLOSE)) {
                            wire.toServer(RelayedFrame.toServer(RelayedFrame.TEXT, new byte[] {'x'}));
                        }
                    }
                },
                "after the close frame");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.1", "2.4", "2.9", "5.6"})
    void anUnansweredPingFails(String id) throws Exception {
        Supplier<Tampering> withoutPongs =
                filtered(frame -> frame.is(RelayedFrame.PONG) ? Optional.empty() : Optional.of(frame));
        AutobahnResult result = play(id, withoutPongs, EchoClient.plain(), Strictness.ORIGINAL);

        assertThat(result.behavior()).as("%s", result).isEqualTo(AutobahnVerdict.FAILED);
        // In 5.6 a message comes in place of the pong.
        assertThat(result.result()).contains(id.equals("5.6") ? "not those expected" : "in time");
        assertThat(result.difference()).contains(": expected pong ", ", got ");
    }

    /** The relay removes frames that break a rule, so that the client continues as if it accepted them. */
    @ParameterizedTest
    @ValueSource(strings = {"2.5", "3.1", "3.6", "4.1.1", "4.2.1", "5.1", "5.9", "6.3.1", "6.12.8", "6.13.4"})
    void anAcceptedViolationFails(String id) throws Exception {
        AutobahnResult result = play(
                id,
                () -> new Tampering() {
                    @Override
                    public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
                        if (isProbe(frame) || frame.is(RelayedFrame.CLOSE)) {
                            wire.toClient(frame);
                        }
                    }

                    // Whether this is the ping or message that tests if the client still responds.
                    private static boolean isProbe(RelayedFrame frame) {
                        return new String(frame.payload(), StandardCharsets.US_ASCII).startsWith("alive? ");
                    }
                },
                EchoClient.plain(),
                Strictness.ORIGINAL);
        assertThat(result.behavior()).as("%s", result).isEqualTo(AutobahnVerdict.FAILED);
        assertThat(result.behaviorClose()).as("%s", result).isEqualTo(AutobahnVerdict.FAILED);
    }

    @Test
    void anUnansweredCloseFrameIsUnclean() throws Exception {
        AutobahnResult result = play(
                "1.1.2",
                filtered(frame -> frame.is(RelayedFrame.CLOSE) ? Optional.empty() : Optional.of(frame)),
                EchoClient.plain(),
                Strictness.ORIGINAL);
        assertThat(result.behaviorClose()).as("%s", result).isEqualTo(AutobahnVerdict.UNCLEAN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.2", "7.1.1", "7.3.2", "7.7.2", "3.1", "6.3.1"})
    void anotherCloseCodeIsReportedAsWrongCode(String id) throws Exception {
        AutobahnResult result = play(
                id,
                filtered(frame ->
                        frame.is(RelayedFrame.CLOSE) ? Optional.of(frame.withCloseCode(4321)) : Optional.of(frame)),
                EchoClient.plain(),
                Strictness.ORIGINAL);
        assertThat(result.behaviorClose()).as("%s", result).isEqualTo(AutobahnVerdict.WRONG_CODE);
        assertThat(result.passed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1", "5.9", "6.3.1", "7.9.1"})
    void anEndOfTcpWithoutACloseCodePassesExceptInStrictMode(String id) throws Exception {
        Supplier<Tampering> tampering = () -> new Tampering() {
            @Override
            public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
                if (frame.is(RelayedFrame.CLOSE)) {
                    wire.endToServer(RelayOutput.TcpEnding.FIN);
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
    void uncompressedMessagesAfterNegotiationAreReportedAlsoInStrictMode(String id) throws Exception {
        ConnectOptions never = ConnectOptions.builder()
                .compression(CompressionMode.CONTEXT_TAKEOVER)
                .compressionThreshold(1 << 20)
                .build();
        AutobahnResult result = play(id, () -> new Tampering() {}, never, Strictness.ORIGINAL);
        assertThat(result.behavior()).as("%s", result).isEqualTo(AutobahnVerdict.INFORMATIONAL);
        assertThat(result.passed()).isTrue();
        assertThat(result.result()).contains("RFC 7692 §6 leaves to the client");
        assertThat(result.received().toString()).contains("1000 of them not compressed");
        AutobahnResult strict = arena.result(CaseId.parse(id), Strictness.STRICT);
        assertThat(strict.behavior()).isEqualTo(AutobahnVerdict.INFORMATIONAL);
    }

    @ParameterizedTest
    @CsvSource({
        "2.10, 'payload-9', NON_STRICT",
        "2.11, 'payload-3 payload-9', NON_STRICT",
        "2.10, 'payload-0 payload-8', FAILED",
        "2.10, '', FAILED",
    })
    void ofSeveralPingsTheLastOneMustBeAnswered(String id, String answered, AutobahnVerdict expected) throws Exception {
        Set<String> pongs = Set.of(answered.split(" "));
        Supplier<Tampering> tampering = () -> new Tampering() {
            @Override
            public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
                if (!frame.is(RelayedFrame.PONG)
                        || pongs.contains(new String(frame.payload(), StandardCharsets.UTF_8))) {
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
            private Optional<RelayedFrame> held = Optional.empty();

            @Override
            public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
                if (frame.is(RelayedFrame.PONG) && held.isEmpty()) {
                    held = Optional.of(frame);
                    return;
                }
                wire.toServer(frame);
                if (frame.is(RelayedFrame.PONG)
                        && new String(frame.payload(), StandardCharsets.UTF_8).equals("payload-9")) {
                    wire.toServer(held.orElseThrow());
                }
            }
        };
        AutobahnResult result = play("2.10", tampering, EchoClient.plain(), Strictness.ORIGINAL);
        assertThat(result.behavior()).as("%s", result).isEqualTo(AutobahnVerdict.FAILED);
    }

    /** A client that echoes invalid text has not failed the connection, so the server must not wait for that. */
    @ParameterizedTest
    @ValueSource(strings = {"6.3.1", "6.16.1", "6.20.1"})
    void theServerDoesNotWaitForAClientThatEchoesInvalidText(String id) throws Exception {
        Supplier<Tampering> tampering = () -> new Tampering() {
            @Override
            public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
                boolean bad = frame.isData() && !Arrays.equals(frame.payload(), valid(frame.payload()));
                wire.toClient(bad ? frame.withPayload(new byte[] {'b', 'a', 'd'}) : frame);
            }
        };
        AutobahnResult result = play(id, tampering, EchoClient.plain(), Strictness.ORIGINAL);
        assertThat(result.behavior()).as("%s", result).isEqualTo(AutobahnVerdict.FAILED);
        assertThat(result.resultClose()).contains("to fail the connection");
        assertThat(result.duration()).isLessThan(AutobahnCaseBuilder.FAIL_WAIT);
    }

    private static byte[] valid(byte[] text) {
        return new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"13.3.4", "13.5.4"})
    void aWindowLargerThanNegotiatedFails(String id) throws Exception {
        assertIgnores(id, "client_max_window_bits=9", "the window is of 512");
    }

    @ParameterizedTest
    @ValueSource(strings = {"13.2.4", "13.6.4"})
    void contextTakeoverDespiteNegotiationFails(String id) throws Exception {
        assertIgnores(id, "client_no_context_takeover", "into an earlier message");
    }

    /** Otherwise the server would wait for minutes in each of two hundred cases. */
    @Test
    void messagesThatDoNotInflateFailAtOnce() throws Exception {
        AutobahnResult result = play(
                "12.1.1",
                sent(frame -> frame.isData() ? frame.withPayload(new byte[] {-1, -1}) : frame),
                EchoClient.compressing(),
                Strictness.ORIGINAL);
        assertThat(result.behavior()).as("%s", result).isEqualTo(AutobahnVerdict.FAILED);
        assertThat(result.result()).contains("does not inflate");
        assertThat(result.received()).containsExactly("0 of 1000 echoes, then: a message that does not inflate");
        assertThat(result.duration()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aMessageThatExceedsTheServersMemoryDoesNotFailTheClient() throws Exception {
        CaseId number = CaseId.parse("1.2.6");
        try (CasePlayingServer small = CasePlayingServer.open(10_000);
                WebSocketClient client = WebSocketClient.create()) {
            EchoClient.echo(client, small.url(number), EchoClient.plain());
            assertThatThrownBy(() -> small.result(number, Strictness.ORIGINAL))
                    .hasRootCauseInstanceOf(NoMemoryException.class);
        }
    }

    /** The relay removes the parameter, so that the client ignores it. */
    private void assertIgnores(String id, String parameter, String problem) throws Exception {
        Supplier<Tampering> deaf = () -> new Tampering() {
            @Override
            public HttpHead response(HttpHead head) {
                return head.withChanged("Sec-WebSocket-Extensions", value -> value.replace("; " + parameter, ""));
            }
        };
        AutobahnResult result = play(id, deaf, EchoClient.compressing(), Strictness.ORIGINAL);
        assertThat(result.behavior()).as("%s", result).isEqualTo(AutobahnVerdict.FAILED);
        assertThat(result.result()).contains(problem);
    }

    private void assertFails(String id, Supplier<Tampering> tampering, String why) throws Exception {
        AutobahnResult result = play(id, tampering, EchoClient.plain(), Strictness.ORIGINAL);
        assertThat(result.behavior()).as("%s", result).isEqualTo(AutobahnVerdict.FAILED);
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

    /** Changes each frame of the client. */
    private static Supplier<Tampering> sent(UnaryOperator<RelayedFrame> change) {
        return filtered(frame -> Optional.of(change.apply(frame)));
    }

    /** Returns the frame to send in place of another, or empty to drop it. */
    private interface FrameFilter {
        Optional<RelayedFrame> apply(RelayedFrame frame);
    }

    /** Changes or drops each frame of the client. */
    private static Supplier<Tampering> filtered(FrameFilter filter) {
        return () -> new Tampering() {
            @Override
            public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
                Optional<RelayedFrame> changed = filter.apply(frame);
                if (changed.isPresent()) {
                    wire.toServer(changed.get());
                }
            }
        };
    }
}
