package io.wstck.server.wire;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Collects the bytes of a client's message as they arrive, and returns them in one piece. It allocates no spare room,
 * because a buffer that doubles would take twice the memory budget. One thread.
 */
final class ByteCollector {
    private static final int PIECE = 64 << 10;
    private static final byte[] NOTHING = {};

    private final Deque<byte[]> full = new ArrayDeque<>();
    private byte[] last = NOTHING;
    private int used;
    private int size;

    int size() {
        return size;
    }

    void add(byte[] bytes, int count) {
        int fits = Math.min(count, last.length - used);
        System.arraycopy(bytes, 0, last, used, fits);
        used += fits;
        int rest = count - fits;
        if (rest > 0) {
            if (used > 0) {
                full.add(last);
            }
            last = new byte[Math.max(rest, Math.min(PIECE, size))];
            System.arraycopy(bytes, fits, last, 0, rest);
            used = rest;
        }
        size += count;
    }

    /** Returns all collected bytes and empties this collector. */
    Bytes take() {
        Bytes whole = full.isEmpty() && used == last.length ? Bytes.owning(last) : Bytes.owning(joined());
        full.clear();
        last = NOTHING;
        used = 0;
        size = 0;
        return whole;
    }

    private byte[] joined() {
        byte[] all = new byte[size];
        int at = 0;
        for (byte[] piece : full) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        System.arraycopy(last, 0, all, at, used);
        return all;
    }
}
