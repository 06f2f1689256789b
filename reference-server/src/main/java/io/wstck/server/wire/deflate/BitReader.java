package io.wstck.server.wire.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bits of a byte array, least significant first (RFC 1951 §3.1.1). One thread. */
final class BitReader {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private int next;
    private long bits;
    private int count;

    BitReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Gathers at least 56 bits, or all that are left: enough for one length and distance, or for any header field. */
    void fill() {
        if (next + Long.BYTES <= bytes.length) {
            bits |= (long) LONG.get(bytes, next) << count;
            int taken = (63 - count) >>> 3;
            next += taken;
            count += taken << 3;
            return;
        }
        while (count <= 55 && next < bytes.length) {
            bits |= (bytes[next++] & 0xFFL) << count;
            count += 8;
        }
    }

    /** The next {@code width} bits without passing them; zeros stand for bits beyond the end. */
    int peek(int width) {
        return (int) bits & ((1 << width) - 1);
    }

    /**
     * Passes bits that {@link #fill} has gathered.
     *
     * @throws BrokenDeflateException when so many are not left
     */
    void skip(int width) throws BrokenDeflateException {
        if (width > count) {
            throw new BrokenDeflateException("it ends inside a block");
        }
        bits >>>= width;
        count -= width;
    }

    /** The next {@code width} bits, at most 16, of those that are gathered. */
    int take(int width) throws BrokenDeflateException {
        int value = peek(width);
        skip(width);
        return value;
    }

    /** The place of the next bit. */
    long position() {
        return 8L * next - count;
    }

    boolean atEnd() {
        return count == 0 && next == bytes.length;
    }

    /** Passes the rest of a byte that was begun. */
    void align() throws BrokenDeflateException {
        skip(count & 7);
    }

    /** The index of the next byte, at a byte's boundary; reading goes on at {@link #continueAt}. */
    int byteIndex() {
        return next - count / 8;
    }

    void continueAt(int index) {
        next = index;
        bits = 0;
        count = 0;
    }
}
