package io.wstck.server.wire.deflate;

import java.util.Arrays;

/** The constants of the DEFLATE format (RFC 1951 §3.2). */
final class DeflateFormat {
    /** The largest window of the format: 2^15 bytes. */
    static final int MAX_WINDOW = 32_768;

    static final int MIN_MATCH = 3;
    static final int MAX_MATCH = 258;

    /** The longest code of literals, lengths and distances, in bits. */
    static final int MAX_CODE_BITS = 15;

    /** The longest code of the code lengths themselves, in bits. */
    static final int MAX_LENGTH_CODE_BITS = 7;

    static final int END_OF_BLOCK = 256;
    static final int LITERAL_SYMBOLS = 286;
    static final int DISTANCE_SYMBOLS = 30;
    static final int LENGTH_CODE_SYMBOLS = 19;

    /** The largest stored block, in bytes: its length has 16 bits. */
    static final int MAX_STORED = 65_535;

    /** The end of a flushed stream. Every message leaves it out (RFC 7692 §7.2.1). */
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    /** The order of the lengths of the code length codes (RFC 1951 §3.2.7). */
    private static final int[] LENGTH_CODE_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private static final int[] LENGTH_BASE = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258
    };
    private static final int[] LENGTH_EXTRA = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };
    private static final int[] DISTANCE_BASE = {
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577
    };
    private static final byte[] LENGTH_INDEX = lengthIndex();

    private DeflateFormat() {}

    static int tailLength() {
        return TAIL.length;
    }

    static void putTail(byte[] into, int at) {
        System.arraycopy(TAIL, 0, into, at, TAIL.length);
    }

    /** Whether the bytes before index {@code end} are the tail. */
    static boolean endsWithTail(byte[] bytes, int end) {
        return end >= TAIL.length && Arrays.equals(bytes, end - TAIL.length, end, TAIL, 0, TAIL.length);
    }

    static int lengthCodeSymbol(int place) {
        return LENGTH_CODE_ORDER[place];
    }

    /** The lengths of the fixed literal and length codes (RFC 1951 §3.2.6). */
    static byte[] fixedLiteralLengths() {
        byte[] lengths = new byte[288];
        Arrays.fill(lengths, 0, 144, (byte) 8);
        Arrays.fill(lengths, 144, 256, (byte) 9);
        Arrays.fill(lengths, 256, 280, (byte) 7);
        Arrays.fill(lengths, 280, 288, (byte) 8);
        return lengths;
    }

    /** The lengths of the fixed distance codes. The last two codes never occur. */
    static byte[] fixedDistanceLengths() {
        byte[] lengths = new byte[32];
        Arrays.fill(lengths, (byte) 5);
        return lengths;
    }

    private static byte[] lengthIndex() {
        byte[] index = new byte[MAX_MATCH + 1];
        for (int i = 0; i < LENGTH_BASE.length; i++) {
            int next = i + 1 < LENGTH_BASE.length ? LENGTH_BASE[i + 1] : MAX_MATCH + 1;
            Arrays.fill(index, LENGTH_BASE[i], next, (byte) i);
        }
        return index;
    }

    /** The index of the length symbol, from 0. The symbol is 257 more. */
    static int lengthIndex(int length) {
        return LENGTH_INDEX[length];
    }

    static int lengthBase(int index) {
        return LENGTH_BASE[index];
    }

    static int lengthExtraBits(int index) {
        return LENGTH_EXTRA[index];
    }

    static int distanceSymbol(int distance) {
        int offset = distance - 1;
        if (offset < 4) {
            return offset;
        }
        int highest = 31 - Integer.numberOfLeadingZeros(offset);
        return 2 * highest + ((offset >> (highest - 1)) & 1);
    }

    static int distanceBase(int symbol) {
        return DISTANCE_BASE[symbol];
    }

    static int distanceExtraBits(int symbol) {
        return symbol < 4 ? 0 : symbol / 2 - 1;
    }
}
