package io.wstck.server.wire.deflate;

import java.util.Arrays;

/** A growing list of literals and matches (RFC 1951 §2). One thread. */
final class Tokens {
    private int[] tokens = new int[256];
    private int size;

    void literal(byte value) {
        add(value & 0xFF);
    }

    void match(int length, int distance) {
        add(length << 16 | distance);
    }

    private void add(int token) {
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * size);
        }
        tokens[size++] = token;
    }

    int size() {
        return size;
    }

    /** The length of the match, or 0 for a literal. */
    int length(int index) {
        return tokens[index] >>> 16;
    }

    /** The distance of the match, or the literal. */
    int value(int index) {
        return tokens[index] & 0xFFFF;
    }
}
