package io.wstck.client.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Locale;

/** A frame that a client has written, unmasked. */
record WrittenFrame(int firstByte, ByteBuffer payload) {
    /** Reads one frame, which must be whole and masked (RFC 6455 §5.3). */
    static WrittenFrame read(ByteBuffer in) {
        int firstByte = in.get() & 0xFF;
        int second = in.get() & 0xFF;
        assertThat(second & 0x80).as("mask bit").isEqualTo(0x80);
        int length = switch (second & 0x7F) {
            case 126 -> in.getShort() & 0xFFFF;
            case 127 -> Math.toIntExact(in.getLong());
            default -> second & 0x7F;
        };
        byte[] key = new byte[4];
        in.get(key);
        byte[] payload = new byte[length];
        in.get(payload);
        for (int index = 0; index < length; index++) {
            payload[index] ^= key[index & 3];
        }
        return new WrittenFrame(firstByte, ByteBuffer.wrap(payload));
    }

    byte[] bytes() {
        byte[] copy = new byte[payload.remaining()];
        payload.get(payload.position(), copy);
        return copy;
    }

    /** First byte and payload in hex, such as {@code 88 03e8}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%02x %s", firstByte, HexFormat.of().formatHex(bytes()))
                .stripTrailing();
    }
}
