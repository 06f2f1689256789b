package io.wstck.client.protocol.deflate;

/** The last 32 KiB that were inflated: what an inflater has to be given back after a final block. For one thread at a time. */
final class History {
    /** The largest window of DEFLATE (RFC 1951 §2). */
    private static final int CAPACITY = 32 * 1024;

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int size;

    void add(byte[] source, int offset, int count) {
        if (bytes.length == 0) {
            // Twice the window, so that moving it to the front is seldom due.
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

    /** Where the window begins in {@link #bytes}. */
    int offset() {
        return size - length();
    }

    int length() {
        return Math.min(size, CAPACITY);
    }
}
