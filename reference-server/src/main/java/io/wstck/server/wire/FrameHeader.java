package io.wstck.server.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A frame header as it is on the wire, legal or not (RFC 6455 §5.2).
 *
 * @param fin the FIN bit
 * @param rsv 0-7; 4 is RSV1, 2 RSV2, 1 RSV3
 * @param opcode 0-15
 * @param mask the masking key, big-endian, when the MASK bit is set
 * @param length the declared payload length, unsigned; negative when the top bit is set
 * @param lengthForm the number of bits that carry the length: 7, 16 or 64
 */
public record FrameHeader(boolean fin, int rsv, int opcode, OptionalInt mask, long length, int lengthForm) {
    /** The length of the longest header, in bytes: 2 bytes, a 64-bit length, a masking key. */
    public static final int MAX_BYTES = 14;

    /** The bit of {@code rsv} that permessage-deflate uses (RFC 7692 §6). */
    public static final int RSV1 = 4;

    private static final int MASK_BIT = 0x80;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int RSV2 = 2;
    private static final int RSV3 = 1;

    public FrameHeader {
        if (rsv < 0 || rsv > 7 || opcode < 0 || opcode > 15) {
            throw new IllegalArgumentException(
                    "frame header: expected rsv in 0-7 and opcode in 0-15, got " + rsv + " and " + opcode);
        }
        if (lengthForm != 7 && lengthForm != 16 && lengthForm != 64) {
            throw new IllegalArgumentException("frame header: expected length form 7, 16 or 64, got " + lengthForm);
        }
    }

    /** The header of a legal frame from a server: unmasked, no reserved bits, shortest length. */
    public static FrameHeader of(Fin fin, int opcode, int length) {
        return new FrameHeader(fin == Fin.LAST, 0, opcode, OptionalInt.empty(), length, minimalForm(length));
    }

    /** Returns this header with these reserved bits, 0 to 7. */
    public FrameHeader withRsv(int bits) {
        return bits == rsv ? this : new FrameHeader(fin, bits, opcode, mask, length, lengthForm);
    }

    /** Returns this header with this masking key, in big-endian order (RFC 6455 §5.3). */
    public FrameHeader withMask(int key) {
        return new FrameHeader(fin, rsv, opcode, OptionalInt.of(key), length, lengthForm);
    }

    /** Tells whether a frame is the last one of its message. */
    public enum Fin {
        LAST,
        MORE
    }

    /** The shortest length form that carries {@code length}, unsigned. */
    public static int minimalForm(long length) {
        if (length < 0 || length > 0xFFFF) {
            return 64;
        }
        return length > 125 ? 16 : 7;
    }

    /**
     * Reads a header from {@code in}. The buffer's position changes only when the header is complete.
     *
     * @return empty when more bytes are needed
     */
    public static Optional<FrameHeader> decode(ByteBuffer in) {
        int available = in.remaining();
        if (available < 2) {
            return Optional.empty();
        }
        int start = in.position();
        int second = in.get(start + 1) & 0xFF;
        int form = formOf(second & 0x7F);
        boolean masked = (second & MASK_BIT) != 0;
        int size = 2 + (form == 7 ? 0 : form / 8) + (masked ? 4 : 0);
        if (available < size) {
            return Optional.empty();
        }
        int first = in.get() & 0xFF;
        in.get();
        long length = switch (form) {
            case 7 -> second & 0x7F;
            case 16 -> in.getShort() & 0xFFFF;
            default -> in.getLong();
        };
        OptionalInt mask = masked ? OptionalInt.of(in.getInt()) : OptionalInt.empty();
        return Optional.of(new FrameHeader((first & 0x80) != 0, (first >> 4) & 7, first & 15, mask, length, form));
    }

    private static int formOf(int sevenBits) {
        return switch (sevenBits) {
            case 126 -> 16;
            case 127 -> 64;
            default -> 7;
        };
    }

    /** The encoded header. A length that is too large for the form is cut to the form's bits. */
    public byte[] encode() {
        int lengthBytes = lengthForm == 7 ? 0 : lengthForm / Byte.SIZE;
        byte[] bytes = new byte[2 + lengthBytes + (mask.isPresent() ? Integer.BYTES : 0)];
        bytes[0] = (byte) ((fin ? 0x80 : 0) | (rsv << 4) | opcode);
        int shortLength = switch (lengthForm) {
            case 7 -> (int) (length & 0x7F);
            case 16 -> 126;
            default -> 127;
        };
        bytes[1] = (byte) ((mask.isPresent() ? MASK_BIT : 0) | shortLength);
        putBigEndian(length, bytes, 2, lengthBytes);
        if (mask.isPresent()) {
            putBigEndian(mask.getAsInt(), bytes, 2 + lengthBytes, Integer.BYTES);
        }
        return bytes;
    }

    /** The encoded frame: this header and a copy of the payload, masked if the header has a key. */
    public byte[] encode(byte[] payload) {
        byte[] head = encode();
        byte[] frame = Arrays.copyOf(head, head.length + payload.length);
        byte[] carried = mask.isPresent() ? payload.clone() : payload;
        mask.ifPresent(key -> applyMask(key, carried, carried.length, 0));
        System.arraycopy(carried, 0, frame, head.length, carried.length);
        return frame;
    }

    /** Writes the lowest {@code count} bytes of {@code value}. */
    private static void putBigEndian(long value, byte[] target, int at, int count) {
        long rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            target[i] = (byte) rest;
            rest >>>= Byte.SIZE;
        }
    }

    /**
     * Applies the masking key to {@code payload} in place. The first byte is at {@code offset} of the frame's payload.
     */
    public static void applyMask(int key, byte[] payload, int length, long offset) {
        int rotatedKey = Integer.rotateLeft(key, (int) (offset & 3) * Byte.SIZE);
        long doubledKey = (rotatedKey & 0xFFFF_FFFFL) << Integer.SIZE | (rotatedKey & 0xFFFF_FFFFL);
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            LONGS.set(payload, i, (long) LONGS.get(payload, i) ^ doubledKey);
        }
        for (; i < length; i++) {
            payload[i] ^= (byte) (rotatedKey >> (24 - 8 * (i & 3)));
        }
    }

    /** The name of the frame and its unusual bits, for people: {@code TEXT not final RSV1}. */
    public String describe() {
        return Opcode.name(opcode)
                + (fin ? "" : " not final")
                + ((rsv & RSV1) == 0 ? "" : " RSV1")
                + ((rsv & RSV2) == 0 ? "" : " RSV2")
                + ((rsv & RSV3) == 0 ? "" : " RSV3");
    }
}
