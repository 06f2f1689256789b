package io.wstck.client.protocol;

import static io.wstck.client.protocol.ProtocolAssertions.hex;
import static io.wstck.client.protocol.ProtocolAssertions.hexOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.CloseStatus;
import io.wstck.client.ConnectionState;
import io.wstck.client.ServerFrames;
import io.wstck.client.Zlib;
import io.wstck.client.protocol.ProtocolEvent.ConnectionFailed;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * RFC 6455 §7.1.7, Fail the WebSocket Connection: the client sends one close frame with the reason, and nothing after
 * it.
 */
class Section717FailingTest {
    @ParameterizedTest
    @CsvSource({
        "c1 01 61, RESERVED_BITS, 03ea",
        "83 00, RESERVED_OPCODE, 03ea",
        "81 81 00 00 00 00 61, MASKED_FRAME, 03ea",
        "81 7e 00 01 61, LENGTH_NOT_MINIMAL, 03ea",
        "82 7f 80, LENGTH_TOO_LARGE, 03ea",
        "80 01 61, ORPHAN_CONTINUATION, 03ea",
        "01 01 62 81 01 61, NESTED_MESSAGE, 03ea",
        "09 00, CONTROL_FRAGMENTED, 03ea",
        "89 7e 00 7e, CONTROL_TOO_LONG, 03ea",
        "88 01 03, CLOSE_PAYLOAD_TOO_SHORT, 03ea",
        "88 02 03 ed, CLOSE_CODE, 03ea",
        "88 03 03 e8 ff, CLOSE_REASON_NOT_UTF8, 03ef",
        "81 01 ff, TEXT_NOT_UTF8, 03ef",
        "82 7f 00 00 00 00 02 00 00 01, MESSAGE_TOO_BIG, 03f1"
    })
    void aViolationIsAnsweredWithItsCodeAndNoLaterByteIsRead(String bytes, Violation violation, String code) {
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            List<ProtocolEvent> events = harness.receive("81 01 61" + bytes + "81 01 62 89 01 63");
            assertThat(events).hasSize(2);
            assertThat(events.getLast()).isInstanceOfSatisfying(ConnectionFailed.class, failed -> {
                assertThat(failed.violation()).isEqualTo(violation);
                assertThat(failed.detail()).contains(violation.sentence(), violation.section());
            });
            assertThat(harness.protocol.state()).isEqualTo(ConnectionState.CLOSE_SENT);
            assertThat(harness.protocol.remoteClose()).isEmpty();
            assertThat(harness.begin(Opcode.TEXT, hex("61"))).isFalse();
            assertThat(harness.protocol.startClose(new CloseStatus(1000, ""))).isFalse();

            assertThat(harness.frames()).containsExactly("88 " + code + hexOf(violation.sentence()));
            assertThat(harness.receive("88 02 03 e8 81 01 61 ff")).isEmpty();
            assertThat(harness.frames()).isEmpty();
        }
    }

    /** §10.4: limits protect the client, and its close frame tells the server. */
    @Test
    void aMessageThatInflatesBeyondTheReadLimitIsAnsweredWith1009() {
        byte[] bomb = ServerFrames.frame(0xC2, Zlib.deflated(new byte[200_000], Deflater.BEST_COMPRESSION));
        try (ProtocolHarness harness = ProtocolHarness.compressing(100_000)) {
            assertThat(harness.receive(bomb))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            ConnectionFailed.class,
                            failed -> assertThat(failed.violation()).isEqualTo(Violation.MESSAGE_TOO_BIG));
            assertThat(harness.frames()).singleElement().asString().startsWith("88 03f1");
        }
    }

    @Test
    void aMessageAsLongAsTheReadLimitIsAccepted() {
        try (ProtocolHarness harness = ProtocolHarness.withLimit(5)) {
            assertThat(harness.receive("01 03 61 62 63 80 02 64 65")).hasSize(1);
            assertThat(harness.receive("81 06"))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            ConnectionFailed.class,
                            failed -> assertThat(failed.violation()).isEqualTo(Violation.MESSAGE_TOO_BIG));
        }
    }

    @Test
    void aViolationAfterTheUsersCloseFrameIsNotAnswered() {
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            harness.close(1000, "");
            assertThat(harness.frames()).containsExactly("88 03e8");

            assertThat(harness.receive("ff")).singleElement().isInstanceOf(ConnectionFailed.class);
            assertThat(harness.protocol.state()).isEqualTo(ConnectionState.CLOSE_SENT);
            assertThat(harness.frames()).isEmpty();
        }
    }

    @Test
    void aViolationDoesNotChangeTheUsersUnwrittenCloseFrame() {
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            harness.close(4000, "");
            harness.receive("ff");
            assertThat(harness.frames()).containsExactly("88 0fa0");
            assertThat(harness.frames()).isEmpty();
        }
    }

    @Test
    void pingsBeforeTheViolationAreAnsweredAndNoneAfterTheCloseFrame() {
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            harness.receive("89 01 61 ff 89 01 62");
            assertThat(harness.frames())
                    .containsExactly("8a 61", "88 03ea" + hexOf(Violation.RESERVED_BITS.sentence()));
            assertThat(harness.protocol.pongsDue()).isFalse();
        }
    }

    @Test
    void aPingBetweenTheUsersCloseFrameAndAViolationIsNotAnswered() {
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            harness.close(1000, "");
            assertThat(harness.frames()).containsExactly("88 03e8");
            harness.receive("89 01 61 ff");
            assertThat(harness.protocol.pongsDue()).isFalse();
            assertThat(harness.frames()).isEmpty();
        }
    }

    @Test
    void aFragmentedMessageStopsBeforeItsNextFragment() {
        byte[] message = new byte[200_000];
        new Random(8).nextBytes(message);
        try (ProtocolHarness harness = ProtocolHarness.compressing(ProtocolAssertions.LIMIT)) {
            harness.begin(Opcode.BINARY, message);
            assertThat(harness.write(1000)).isFalse();
            harness.receive("83");
            harness.protocol.beginClose();

            assertThat(harness.wholeFrames().stream().map(WrittenFrame::firstByte))
                    .containsExactly(0x42, 0x88);
            assertThat(harness.protocol.messageUnfinished()).isTrue();
        }
    }
}
