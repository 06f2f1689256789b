package io.wstck.server.wire.deflate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Writes symbols in canonical Huffman codes (RFC 1951 §3.2.2), for given lengths or for symbol frequencies. Immutable.
 */
final class HuffmanEncoder {
    private final byte[] lengths;
    /** Indexed by symbol: the code's bits in writing order. */
    private final int[] codes;

    private HuffmanEncoder(byte[] lengths) {
        this.lengths = lengths;
        this.codes = codes(lengths);
    }

    static HuffmanEncoder ofLengths(byte[] lengths) {
        return new HuffmanEncoder(lengths);
    }

    /**
     * Builds codes of at most {@code longest} bits. At least two symbols get a code, because some decoders refuse a
     * single one.
     */
    static HuffmanEncoder ofFrequencies(int[] frequencies, int longest) {
        int[] atLeastTwo = frequencies.clone();
        int used = 0;
        for (int frequency : frequencies) {
            used += frequency > 0 ? 1 : 0;
        }
        for (int symbol = 0; used < 2; symbol++) {
            if (atLeastTwo[symbol] == 0) {
                atLeastTwo[symbol] = 1;
                used++;
            }
        }
        return new HuffmanEncoder(limited(depths(atLeastTwo), longest));
    }

    private record Node(long weight, int id) {}

    /** The depth of each symbol in the Huffman tree. */
    private static int[] depths(int[] frequencies) {
        int symbols = frequencies.length;
        int[] parent = new int[2 * symbols];
        PriorityQueue<Node> nodes =
                new PriorityQueue<>(Comparator.comparingLong(Node::weight).thenComparingInt(Node::id));
        for (int symbol = 0; symbol < symbols; symbol++) {
            if (frequencies[symbol] > 0) {
                nodes.add(new Node(frequencies[symbol], symbol));
            }
        }
        int next = symbols;
        while (nodes.size() > 1) {
            Node one = nodes.remove();
            Node two = nodes.remove();
            parent[one.id()] = next;
            parent[two.id()] = next;
            nodes.add(new Node(one.weight() + two.weight(), next++));
        }
        int root = next - 1;
        int[] depth = new int[2 * symbols];
        for (int id = root - 1; id >= 0; id--) {
            if (id >= symbols || frequencies[id] > 0) {
                depth[id] = depth[parent[id]] + 1;
            }
        }
        return Arrays.copyOf(depth, symbols);
    }

    /** Shortens codes to {@code longest} bits, and lengthens others until all fit (Kraft's inequality). */
    private static byte[] limited(int[] depths, int longest) {
        byte[] lengths = new byte[depths.length];
        long used = 0;
        for (int symbol = 0; symbol < depths.length; symbol++) {
            lengths[symbol] = (byte) Math.min(depths[symbol], longest);
            used += lengths[symbol] == 0 ? 0 : 1L << (longest - lengths[symbol]);
        }
        long room = 1L << longest;
        while (used > room) {
            int symbol = longestBelow(lengths, longest);
            used -= 1L << (longest - lengths[symbol] - 1);
            lengths[symbol]++;
        }
        // Lengthening may have freed more than was needed. Decoders refuse incomplete sets of codes.
        for (int symbol = 0; used < room; symbol = (symbol + 1) % lengths.length) {
            while (lengths[symbol] > 1 && used + (1L << (longest - lengths[symbol])) <= room) {
                used += 1L << (longest - lengths[symbol]);
                lengths[symbol]--;
            }
        }
        return lengths;
    }

    private static int longestBelow(byte[] lengths, int limit) {
        int found = -1;
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0 && lengths[symbol] < limit && (found < 0 || lengths[symbol] > lengths[found])) {
                found = symbol;
            }
        }
        return found;
    }

    private static int[] codes(byte[] lengths) {
        int[] count = new int[DeflateFormat.MAX_CODE_BITS + 2];
        for (byte length : lengths) {
            count[length]++;
        }
        count[0] = 0;
        int[] next = new int[DeflateFormat.MAX_CODE_BITS + 2];
        for (int length = 1; length <= DeflateFormat.MAX_CODE_BITS; length++) {
            next[length + 1] = (next[length] + count[length]) << 1;
        }
        int[] codes = new int[lengths.length];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            codes[symbol] = length == 0 ? 0 : Integer.reverse(next[length]++) >>> (32 - length);
        }
        return codes;
    }

    void write(int symbol, BitWriter out) {
        out.write(codes[symbol], lengths[symbol]);
    }

    int length(int symbol) {
        return lengths[symbol];
    }

    /** The number of symbols up to the last one that has a code; at least {@code least}. */
    int used(int least) {
        int used = lengths.length;
        while (used > least && lengths[used - 1] == 0) {
            used--;
        }
        return used;
    }
}
