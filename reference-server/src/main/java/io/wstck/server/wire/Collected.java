package io.wstck.server.wire;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Bytes that come in parts, without room for more than came: a buffer that doubles would take twice the budget. One thread. */
final class Collected {
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

    /** All of them, once: the parts are let go of. */
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
