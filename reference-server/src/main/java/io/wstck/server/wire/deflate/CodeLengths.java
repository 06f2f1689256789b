package io.wstck.server.wire.deflate;

import java.util.ArrayList;
import java.util.List;

/** The code lengths of a dynamic block in run-length encoding (RFC 1951 §3.2.7). */
record CodeLengths(List<Symbol> symbols) {
    private static final int COPY_PREVIOUS = 16;
    private static final int FEW_ZEROS = 17;
    private static final int MANY_ZEROS = 18;

    CodeLengths {
        symbols = List.copyOf(symbols);
    }

    /** A code length from 0 to 15, or a repetition with its extra bits. */
    record Symbol(int symbol, int extra, int extraBits) {}

    static CodeLengths of(HuffmanEncoder literals, int literalCount, HuffmanEncoder distances, int distanceCount) {
        int[] lengths = new int[literalCount + distanceCount];
        for (int i = 0; i < literalCount; i++) {
            lengths[i] = literals.length(i);
        }
        for (int i = 0; i < distanceCount; i++) {
            lengths[literalCount + i] = distances.length(i);
        }
        List<Symbol> symbols = new ArrayList<>();
        for (int from = 0; from < lengths.length; ) {
            int to = from + 1;
            while (to < lengths.length && lengths[to] == lengths[from]) {
                to++;
            }
            run(lengths[from], to - from, symbols);
            from = to;
        }
        return new CodeLengths(symbols);
    }

    private static void run(int length, int count, List<Symbol> symbols) {
        int left = count;
        if (length != 0) {
            symbols.add(new Symbol(length, 0, 0));
            left--;
        }
        while (left >= 3) {
            if (length != 0) {
                int times = Math.min(left, 6);
                symbols.add(new Symbol(COPY_PREVIOUS, times - 3, 2));
                left -= times;
            } else if (left <= 10) {
                symbols.add(new Symbol(FEW_ZEROS, left - 3, 3));
                left = 0;
            } else {
                int times = Math.min(left, 138);
                symbols.add(new Symbol(MANY_ZEROS, times - 11, 7));
                left -= times;
            }
        }
        for (; left > 0; left--) {
            symbols.add(new Symbol(length, 0, 0));
        }
    }
}
