package io.wstck.client.protocol;

import static io.wstck.client.protocol.ProtocolAssertions.assertViolates;
import static io.wstck.client.protocol.ProtocolAssertions.events;
import static io.wstck.client.protocol.ProtocolAssertions.hex;
import static io.wstck.client.protocol.ProtocolAssertions.hexOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.client.CloseStatus;
import io.wstck.client.ErrorKind;
import io.wstck.client.WebSocketException;
import io.wstck.client.protocol.ProtocolEvent.CloseReceived;
import io.wstck.client.protocol.ProtocolEvent.PingReceived;
import io.wstck.client.protocol.ProtocolEvent.PongReceived;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §5.5, Control Frames, and §7.4, Status Codes, in close frames. */
class Section55ControlFramesTest {
    @Test
    void pingAndPongKeepTheirPayload() throws Exception {
        assertThat(events("89 02 01 ff 8a 01 02 89 00"))
                .containsExactly(
                        new PingReceived(ByteBuffer.wrap(hex("01ff"))),
                        new PongReceived(ByteBuffer.wrap(hex("02"))),
                        new PingReceived(ByteBuffer.allocate(0)));
    }

    @Test
    void aControlFrameOf125BytesIsRead() throws Exception {
        assertThat(events("89 7d " + "61".repeat(125)))
                .containsExactly(new PingReceived(ByteBuffer.wrap(hex("61".repeat(125)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"89 7e", "8a 7e", "88 7e", "89 7f"})
    void aControlFrameAbove125BytesIsRefused(String header) {
        assertViolates(Violation.CONTROL_TOO_LONG, header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08", "09", "0a"})
    void aFragmentedControlFrameIsRefused(String firstByte) {
        assertViolates(Violation.CONTROL_FRAGMENTED, firstByte);
    }

    @Test
    void anEmptyCloseFrameHasNoStatus() throws Exception {
        assertThat(events("88 00")).containsExactly(new CloseReceived(CloseStatus.NONE));
    }

    @Test
    void aCloseFrameHasACodeAndAReasonOfUpTo123Bytes() throws Exception {
        assertThat(events("88 02 03 e8")).containsExactly(new CloseReceived(new CloseStatus(1000, "")));
        assertThat(events("88 7d 0f a0" + "61".repeat(123)))
                .containsExactly(new CloseReceived(new CloseStatus(4000, "a".repeat(123))));
        assertThat(events("88 05 03 e9 " + hexOf("€"))).containsExactly(new CloseReceived(new CloseStatus(1001, "€")));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void everyCodeThatAFrameMayCarryIsAccepted(int code) throws Exception {
        assertThat(events("88 02 " + String.format(Locale.ROOT, "%04x", code)))
                .containsExactly(new CloseReceived(new CloseStatus(code, "")));
        assertThat(ClosePayload.check(code, "why")).isEqualTo(new CloseStatus(code, "why"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
    void everyOtherCodeIsRefusedInBothDirections(int code) {
        assertViolates(Violation.CLOSE_CODE, "88 02 " + String.format(Locale.ROOT, "%04x", code));
        assertInvalid(code, "");
    }

    @Test
    void aCloseFrameOfOneByteIsRefused() {
        assertViolates(Violation.CLOSE_PAYLOAD_TOO_SHORT, "88 01 03");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c3", "eda080"})
    void aCloseReasonThatIsNoUtf8IsRefused(String reason) {
        String length = String.format(Locale.ROOT, "%02x", 2 + reason.length() / 2);
        assertViolates(Violation.CLOSE_REASON_NOT_UTF8, "88" + length + "03e8" + reason);
    }

    @Test
    void aReasonToSendIsAtMost123BytesOfUtf8() throws Exception {
        assertThat(ClosePayload.encode(ClosePayload.check(1000, "é".repeat(61) + "a")))
                .hasSize(125);
        assertInvalid(1000, "a".repeat(124));
        assertInvalid(1000, "é".repeat(62));
        assertInvalid(1000, "\ud800");
    }

    @Test
    void decodingReversesEncoding() throws Exception {
        CloseStatus status = new CloseStatus(4001, "grüß");
        assertThat(ClosePayload.decode(ByteBuffer.wrap(ClosePayload.encode(status))))
                .isEqualTo(status);
        assertThat(ClosePayload.encode(CloseStatus.NONE)).isEmpty();
    }

    private static void assertInvalid(int code, String reason) {
        assertThatThrownBy(() -> ClosePayload.check(code, reason))
                .isInstanceOfSatisfying(
                        WebSocketException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID));
    }
}
