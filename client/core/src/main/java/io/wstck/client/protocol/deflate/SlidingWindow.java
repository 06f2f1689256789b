package io.wstck.client.protocol.deflate;

/**
 * Keeps the last 32 KiB of inflated data, the dictionary that an inflater needs after a final block. For one thread at
 * a time.
 */
final class SlidingWindow {
    /** The largest window of DEFLATE (RFC 1951 §2). */
    private static final int CAPACITY = 32 * 1024;

    private static final byte[] EMPTY = {};

    private byte[] bytes = EMPTY;
    private int size;

    void add(byte[] source, int offset, int count) {
        if (bytes.length == 0) {
            // Twice the window, so that it seldom has to be moved to the front.
            bytes = new byte[2 * CAPACITY];
        }
        int taken = Math.min(count, CAPACITY);
        if (size + taken > bytes.length) {
            int kept = Math.min(size, CAPACITY);
            System.arraycopy(bytes, size - kept, bytes, 0, kept);
            size = kept;
        }
        System.arraycopy(source, offset + count - taken, bytes, size, taken);
        size += taken;
    }

    void clear() {
        size = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Returns where the window begins in {@link #bytes}. */
    int offset() {
        return size - length();
    }

    int length() {
        return Math.min(size, CAPACITY);
    }
}
