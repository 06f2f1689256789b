package io.wstck.server.wire.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads bits of a byte array, least significant bit first (RFC 1951 §3.1.1). One thread. */
final class BitReader {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private int next;
    private long buffered;
    private int bufferedBits;

    BitReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Buffers at least 56 bits, or all remaining ones: enough for one length and distance, or for any header field. */
    void fill() {
        if (next + Long.BYTES <= bytes.length) {
            buffered |= (long) LONG.get(bytes, next) << bufferedBits;
            int taken = (63 - bufferedBits) >>> 3;
            next += taken;
            bufferedBits += taken << 3;
            return;
        }
        while (bufferedBits <= 55 && next < bytes.length) {
            buffered |= (bytes[next++] & 0xFFL) << bufferedBits;
            bufferedBits += 8;
        }
    }

    /** Returns the next {@code width} bits without skipping them. Bits beyond the end are zero. */
    int peek(int width) {
        return (int) buffered & ((1 << width) - 1);
    }

    /**
     * Skips bits that {@link #fill} has buffered.
     *
     * @throws BrokenDeflateException when fewer bits are left
     */
    void skip(int width) throws BrokenDeflateException {
        if (width > bufferedBits) {
            throw new BrokenDeflateException("it ends inside a block");
        }
        buffered >>>= width;
        bufferedBits -= width;
    }

    /** Reads the next {@code width} bits, at most 16, of the buffered ones. */
    int take(int width) throws BrokenDeflateException {
        int value = peek(width);
        skip(width);
        return value;
    }

    /** The index of the next bit. */
    long position() {
        return 8L * next - bufferedBits;
    }

    boolean atEnd() {
        return bufferedBits == 0 && next == bytes.length;
    }

    /** Skips the rest of a partly read byte. */
    void align() throws BrokenDeflateException {
        skip(bufferedBits & 7);
    }

    /**
     * The index of the next byte. The reader must be at a byte boundary. A caller that reads bytes itself continues
     * with {@link #seekToByte}.
     */
    int byteIndex() {
        return next - bufferedBits / 8;
    }

    void seekToByte(int index) {
        next = index;
        buffered = 0;
        bufferedBits = 0;
    }
}
