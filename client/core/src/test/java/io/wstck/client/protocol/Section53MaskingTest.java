package io.wstck.client.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455 §5.3, Client-to-Server Masking, and the client's side of §5.2. */
class Section53MaskingTest {
    @ParameterizedTest
    @CsvSource({
        "0, 8180",
        "1, 8181",
        "125, 81fd",
        "126, 81fe007e",
        "127, 81fe007f",
        "65535, 81feffff",
        "65536, 81ff0000000000010000"
    })
    void lengthsTakeTheirShortestForm(int length, String header) {
        byte[] frame = encoded(new byte[length], length + FrameWriter.MAX_HEADER);

        byte[] expected = ProtocolAssertions.hex(header);
        assertThat(Arrays.copyOf(frame, expected.length)).isEqualTo(expected);
        assertThat(frame).hasSize(expected.length + 4 + length);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "3", "4", "7", "8", "9", "15", "16", "17", "100", "1000"})
    void thePayloadIsXoredWithTheKeyAndNotChanged(int length) {
        byte[] payload = new byte[length];
        new Random(length).nextBytes(payload);
        byte[] original = payload.clone();

        byte[] frame = encoded(payload, 2000);

        assertThat(unmasked(frame, length)).isEqualTo(original);
        assertThat(payload).isEqualTo(original);
    }

    @Test
    void aFrameWrittenInPiecesOfAnySizeIsTheSameFrame() {
        byte[] payload = new byte[3000];
        new Random(1).nextBytes(payload);
        for (int room = FrameWriter.MAX_HEADER; room < 60; room++) {
            assertThat(unmasked(encoded(payload, room), payload.length)).isEqualTo(payload);
        }
    }

    @Test
    void keysAreFreshAndEvenlySpread() {
        FrameWriter writer = new FrameWriter(new SecureRandom());
        Set<Integer> seen = new HashSet<>();
        int[] ones = new int[32];
        for (int frame = 0; frame < 10_000; frame++) {
            ByteBuffer header = ByteBuffer.allocate(FrameWriter.MAX_HEADER);
            writer.begin(0x81, new byte[0], 0, 0, header);
            int key = header.getInt(2);
            seen.add(key);
            for (int bit = 0; bit < 32; bit++) {
                ones[bit] += key >>> bit & 1;
            }
        }

        // In 10,000 keys, one repetition has a probability of 1 %, and five have one of 1e-12. A difference of 600 ones
        // is 12 standard deviations.
        assertThat(seen).hasSizeGreaterThan(9_995);
        assertThat(Arrays.stream(ones)).allMatch(count -> count >= 4_400 && count <= 5_600);
    }

    /** Writes a text frame through a buffer of that size. */
    private static byte[] encoded(byte[] payload, int room) {
        FrameWriter writer = new FrameWriter(new SecureRandom());
        ByteBuffer buffer = ByteBuffer.allocate(room);
        ByteBuffer frame = ByteBuffer.allocate(payload.length + FrameWriter.MAX_HEADER);
        writer.begin(0x81, payload, 0, payload.length, buffer);
        boolean complete = writer.write(buffer);
        while (!complete) {
            frame.put(buffer.flip());
            buffer.clear();
            complete = writer.write(buffer);
        }
        frame.put(buffer.flip());
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private static byte[] unmasked(byte[] frame, int length) {
        int start = frame.length - length;
        byte[] payload = new byte[length];
        for (int index = 0; index < length; index++) {
            payload[index] = (byte) (frame[start + index] ^ frame[start - 4 + index % 4]);
        }
        return payload;
    }
}
