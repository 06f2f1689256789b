package io.wstck.server.wire;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Collects the bytes of a client's message as they arrive, and returns them in one piece. It allocates no spare room,
 * because a buffer that doubles would take twice the memory budget. One thread.
 */
final class ByteCollector {
    private static final int PIECE = 64 << 10;

    private final Deque<byte[]> full = new ArrayDeque<>();
    private byte[] last = {};
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
            full.add(last);
            last = Arrays.copyOf(Arrays.copyOfRange(bytes, fits, count), Math.max(rest, Math.min(PIECE, size)));
            used = rest;
        }
        size += count;
    }

    /** Returns all collected bytes and empties this collector. */
    Bytes take() {
        byte[] all = new byte[size];
        full.add(Arrays.copyOf(last, used));
        last = new byte[0];
        int at = 0;
        while (!full.isEmpty()) {
            byte[] piece = full.removeFirst();
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        used = 0;
        size = 0;
        return Bytes.owning(all);
    }
}
