package io.wstck.tck.prove.relay;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Frames from bytes and back, byte for byte the same (RFC 6455 §5.2). Stateless. */
final class FrameCodec {
    /** The longest payload that the relay holds; what is longer is not a frame to be rewritten. */
    static final int MAX_PAYLOAD = 32 << 20;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;

    private FrameCodec() {}

    /** What stands at the beginning of some bytes. */
    sealed interface Read {
        /** A frame, and how many bytes it takes. */
        record Whole(Frame frame, int length) implements Read {}

        /** Fewer bytes than the frame has. */
        record Incomplete() implements Read {}

        /** A length that the relay does not hold. */
        record TooLong() implements Read {}
    }

    static Read read(byte[] bytes, int from, int to) {
        int available = to - from;
        if (available < 2) {
            return new Read.Incomplete();
        }
        int form = form(bytes[from + 1] & 0x7f);
        int keyAt = 2 + form / 8;
        boolean masked = (bytes[from + 1] & MASKED) != 0;
        int payloadAt = keyAt + (masked ? 4 : 0);
        if (available < payloadAt) {
            return new Read.Incomplete();
        }
        long length = length(bytes, from, form);
        if (length < 0 || length > MAX_PAYLOAD) {
            return new Read.TooLong();
        }
        if (available < payloadAt + length) {
            return new Read.Incomplete();
        }
        byte[] payload = new byte[(int) length];
        System.arraycopy(bytes, from + payloadAt, payload, 0, payload.length);
        Optional<Integer> key =
                masked ? Optional.of(ByteBuffer.wrap(bytes, from + keyAt, 4).getInt()) : Optional.empty();
        key.ifPresent(value -> mask(payload, value));
        int first = bytes[from];
        Frame frame = new Frame((first & FIN) != 0, (first >> 4) & 7, first & 0xf, key, form, payload);
        return new Read.Whole(frame, payloadAt + payload.length);
    }

    static byte[] bytes(Frame frame) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(frame.payload().length + 14);
        out.write((frame.fin() ? FIN : 0) | (frame.rsv() << 4) | frame.opcode());
        int mask = frame.key().isPresent() ? MASKED : 0;
        int length = frame.payload().length;
        switch (frame.lengthForm()) {
            case 7 -> out.write(mask | length);
            case 16 -> {
                out.write(mask | 126);
                out.write(length >> 8);
                out.write(length);
            }
            case 64 -> {
                out.write(mask | 127);
                out.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
            }
            default ->
                throw new IllegalArgumentException("length form: expected 7, 16 or 64, got " + frame.lengthForm());
        }
        byte[] payload = frame.payload();
        if (frame.key().isPresent()) {
            out.writeBytes(ByteBuffer.allocate(4).putInt(frame.key().get()).array());
            payload = payload.clone();
            mask(payload, frame.key().get());
        }
        out.writeBytes(payload);
        return out.toByteArray();
    }

    private static int form(int length) {
        return length < 126 ? 7 : length == 126 ? 16 : 64;
    }

    private static long length(byte[] bytes, int from, int form) {
        return switch (form) {
            case 7 -> bytes[from + 1] & 0x7f;
            case 16 -> ByteBuffer.wrap(bytes, from + 2, 2).getShort() & 0xffff;
            default -> ByteBuffer.wrap(bytes, from + 2, 8).getLong();
        };
    }

    private static void mask(byte[] payload, int key) {
        for (int index = 0; index < payload.length; index++) {
            payload[index] ^= (byte) (key >> (24 - 8 * (index % 4)));
        }
    }
}
