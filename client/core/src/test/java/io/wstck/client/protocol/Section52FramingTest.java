package io.wstck.client.protocol;

import static io.wstck.client.protocol.ProtocolAssertions.assertViolates;
import static io.wstck.client.protocol.ProtocolAssertions.events;
import static io.wstck.client.protocol.ProtocolAssertions.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.Message;
import io.wstck.client.protocol.ProtocolEvent.MessageReceived;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §5.2, Base Framing Protocol, and §5.1, masking by a server. */
class Section52FramingTest {
    @Test
    void aSingleFrameTextMessageIsTheExampleOfSection57() throws Exception {
        assertThat(events("81 05 48 65 6c 6c 6f")).containsExactly(text("Hello"));
    }

    @Test
    void anEmptyMessageIsAMessage() throws Exception {
        assertThat(events("81 00 82 00"))
                .containsExactly(text(""), new MessageReceived(new Message.Binary(new byte[0])));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65535, 65536, 200_000})
    void everyLengthFormIsRead(int length) throws Exception {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) 7);
        ByteBuffer frame = ByteBuffer.allocate(length + 10).put((byte) 0x82);
        if (length < 126) {
            frame.put((byte) length);
        } else if (length < 65536) {
            frame.put((byte) 126).putShort((short) length);
        } else {
            frame.put((byte) 127).putLong(length);
        }
        frame.put(payload).flip();

        assertThat(ProtocolHarness.plain().receive(frame))
                .containsExactly(new MessageReceived(new Message.Binary(payload)));
    }

    @Test
    void manyFramesComeOutOfOneBuffer() throws Exception {
        assertThat(events("81 01 61 81 01 62 89 00 82 01 63")).hasSize(4);
    }

    @Test
    void framesCutAtEveryByteMakeTheSameEvents() throws Exception {
        byte[] bytes =
                hex("01 03 e2 82 ac 89 02 01 02 00 01 61 80 01 62 82 7e 00 80 " + "55".repeat(128) + "88 03 03 e8 21");
        List<ProtocolEvent> whole = ProtocolHarness.plain().receive(bytes);

        ProtocolHarness harness = ProtocolHarness.plain();
        List<ProtocolEvent> cut = new ArrayList<>();
        for (byte single : bytes) {
            cut.addAll(harness.receive(new byte[] {single}));
        }

        assertThat(cut).hasSize(4).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c1", "a1", "91", "f1", "c2", "b0", "c8", "a9", "9a"})
    void aReservedBitIsRefusedWithTheFirstByte(String firstByte) {
        assertViolates(Violation.RESERVED_BITS, firstByte);
    }

    @ParameterizedTest
    @ValueSource(strings = {"83", "84", "85", "86", "87", "8b", "8c", "8d", "8e", "8f", "03", "0b"})
    void aReservedOpcodeIsRefusedWithTheFirstByte(String firstByte) {
        assertViolates(Violation.RESERVED_OPCODE, firstByte);
    }

    @ParameterizedTest
    @ValueSource(strings = {"81 80", "82 85", "89 80", "88 82"})
    void aMaskedFrameIsRefusedBySection51(String header) {
        assertViolates(Violation.MASKED_FRAME, header);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"81 7e 00 00", "81 7e 00 7d", "82 7f 00 00 00 00 00 00 00 7d", "82 7f 00 00 00 00 00 00 ff ff"})
    void aLengthThatIsNotInItsShortestFormIsRefused(String header) {
        assertViolates(Violation.LENGTH_NOT_MINIMAL, header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"82 7f 80", "82 7f ff"})
    void aLengthWithItsTopBitSetIsRefused(String header) {
        assertViolates(Violation.LENGTH_TOO_LARGE, header);
    }

    @Test
    void theLargestLengthIsLegalFramingButBeyondTheLimit() {
        assertViolates(Violation.MESSAGE_TOO_BIG, "82 7f 7f ff ff ff ff ff ff ff");
    }

    private static ProtocolEvent text(String text) {
        return new MessageReceived(new Message.Text(text.getBytes(UTF_8)));
    }
}
