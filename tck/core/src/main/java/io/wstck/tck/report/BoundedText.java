package io.wstck.tck.report;

import java.nio.charset.StandardCharsets;

/** Collects pieces of text, and refuses a piece that would exceed a number of UTF-8 bytes. For one thread. */
final class BoundedText {
    private final StringBuilder text = new StringBuilder();
    private final int maxBytes;
    private int bytes;

    BoundedText(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Adds the whole piece if {@code reserve} bytes are left after it; returns whether it was added. */
    boolean addIfRoom(String piece, int reserve) {
        int size = piece.getBytes(StandardCharsets.UTF_8).length;
        if (bytes + size + reserve > maxBytes) {
            return false;
        }
        bytes += size;
        text.append(piece);
        return true;
    }

    /** Adds a piece for which room was reserved. */
    void add(String piece) {
        bytes += piece.getBytes(StandardCharsets.UTF_8).length;
        text.append(piece);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
