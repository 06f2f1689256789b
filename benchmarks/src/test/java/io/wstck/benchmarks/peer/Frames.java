package io.wstck.benchmarks.peer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Frames as the raw client and the bare server read and write them: no checks, no objects (RFC 6455 §5.2). */
final class Frames {
    static final int MAX_HEADER = 14;
    static final int MASKED = 0x80;
    static final int RSV1 = 0x40;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private Frames() {}

    /** Returns the length of the header that begins there; more than {@code available} if its length is not known. */
    static int headerLength(byte[] bytes, int offset, int available) {
        if (available < 2) {
            return 2;
        }
        int second = bytes[offset + 1] & 0xFF;
        int form = second & 0x7F;
        return 2 + (form == 127 ? 8 : form == 126 ? 2 : 0) + ((second & MASKED) == 0 ? 0 : 4);
    }

    /** Returns the length of the payload; the header must be whole. */
    static long payloadLength(byte[] bytes, int offset) {
        int form = bytes[offset + 1] & 0x7F;
        return switch (form) {
            case 126 -> (short) SHORTS.get(bytes, offset + 2) & 0xFFFF;
            case 127 -> (long) LONGS.get(bytes, offset + 2);
            default -> form;
        };
    }

    /** Returns the mask key at the end of a whole header. */
    static int key(byte[] bytes, int headerEnd) {
        return (int) INTS.get(bytes, headerEnd - 4);
    }

    /** Writes a header, and the mask key if there is the mask bit. Returns its end. */
    static int putHeader(byte[] out, int offset, int first, int maskBit, long length, int key) {
        out[offset] = (byte) first;
        int end = offset + 2;
        if (length < 126) {
            out[offset + 1] = (byte) (maskBit | (int) length);
        } else if (length <= 0xFFFF) {
            out[offset + 1] = (byte) (maskBit | 126);
            SHORTS.set(out, end, (short) length);
            end += 2;
        } else {
            out[offset + 1] = (byte) (maskBit | 127);
            LONGS.set(out, end, length);
            end += 8;
        }
        if (maskBit != 0) {
            INTS.set(out, end, key);
            end += 4;
        }
        return end;
    }

    /** Copies and masks. Returns the key, rotated for the next byte. */
    static int mask(byte[] from, int fromOffset, byte[] to, int toOffset, int count, int key) {
        long wide = ((long) key << 32) | (key & 0xFFFFFFFFL);
        int done = 0;
        for (; done + 8 <= count; done += 8) {
            LONGS.set(to, toOffset + done, (long) LONGS.get(from, fromOffset + done) ^ wide);
        }
        int rotated = key;
        for (; done < count; done++) {
            to[toOffset + done] = (byte) (from[fromOffset + done] ^ (rotated >>> 24));
            rotated = Integer.rotateLeft(rotated, 8);
        }
        return rotated;
    }
}
