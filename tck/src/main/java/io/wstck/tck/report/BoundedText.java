package io.wstck.tck.report;

import java.nio.charset.StandardCharsets;

/** Collects text up to a number of bytes in UTF-8. For one thread. */
final class BoundedText {
    private final StringBuilder text = new StringBuilder();
    private final int most;
    private int bytes;

    BoundedText(int most) {
        this.most = most;
    }

    /** Adds the piece as a whole if, with it, there are so many bytes left. */
    boolean fits(String piece, int reserve) {
        int size = piece.getBytes(StandardCharsets.UTF_8).length;
        if (bytes + size + reserve > most) {
            return false;
        }
        bytes += size;
        text.append(piece);
        return true;
    }

    /** Adds the piece, for which room was reserved. */
    void add(String piece) {
        bytes += piece.getBytes(StandardCharsets.UTF_8).length;
        text.append(piece);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
