package io.wstck.server.wire.deflate;

import java.util.Arrays;

/** Writes bits, least significant bit first (RFC 1951 §3.1.1). One thread. */
final class BitWriter {
    private byte[] bytes;
    private int size;
    private long bits;
    private int count;

    BitWriter(int expected) {
        bytes = new byte[Math.max(64, expected)];
    }

    /** Writes the low {@code width} bits of {@code value}, at most 16. */
    void write(int value, int width) {
        bits |= (long) value << count;
        count += width;
        while (count >= 8) {
            put((int) bits);
            bits >>>= 8;
            count -= 8;
        }
    }

    /** Fills a partly written byte with zero bits. */
    void align() {
        if (count > 0) {
            write(0, 8 - count);
        }
    }

    /** Writes whole bytes. The writer must be at a byte boundary. */
    void writeBytes(byte[] source, int from, int length) {
        ensureCapacity(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    private void put(int value) {
        if (size == bytes.length) {
            ensureCapacity(1);
        }
        bytes[size++] = (byte) value;
    }

    private void ensureCapacity(int length) {
        if (length > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(size + length, 2 * bytes.length));
        }
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }
}
