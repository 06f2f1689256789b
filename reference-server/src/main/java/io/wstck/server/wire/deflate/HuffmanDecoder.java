package io.wstck.server.wire.deflate;

/** Decodes canonical Huffman codes (RFC 1951 §3.2.2): short codes by a table, long ones bit by bit. Immutable. */
final class HuffmanDecoder {
    private static final int TABLE_BITS = 10;

    /** Indexed by the next bits: the symbol and the length of the code at their start, or 0. */
    private final short[] table = new short[1 << TABLE_BITS];

    private final int[] countByLength = new int[DeflateFormat.MAX_CODE_BITS + 1];
    private final short[] symbols;

    /**
     * Creates a decoder for codes with these lengths, indexed by symbol. The length 0 means no code.
     *
     * @throws BrokenDeflateException when the set of codes is over-subscribed or incomplete
     */
    HuffmanDecoder(byte[] lengths, int count, String what) throws BrokenDeflateException {
        for (int symbol = 0; symbol < count; symbol++) {
            countByLength[lengths[symbol]]++;
        }
        int used = count - countByLength[0];
        countByLength[0] = 0;
        check(used, what);
        symbols = new short[used];
        int[] place = new int[DeflateFormat.MAX_CODE_BITS + 2];
        int[] code = new int[DeflateFormat.MAX_CODE_BITS + 2];
        for (int length = 1; length <= DeflateFormat.MAX_CODE_BITS; length++) {
            place[length + 1] = place[length] + countByLength[length];
            code[length + 1] = (code[length] + countByLength[length]) << 1;
        }
        for (int symbol = 0; symbol < count; symbol++) {
            int length = lengths[symbol];
            if (length > 0) {
                symbols[place[length]++] = (short) symbol;
                enter(symbol, length, code[length]++);
            }
        }
    }

    private void check(int used, String what) throws BrokenDeflateException {
        int left = 1;
        for (int length = 1; length <= DeflateFormat.MAX_CODE_BITS; length++) {
            left = (left << 1) - countByLength[length];
            if (left < 0) {
                throw new BrokenDeflateException("it has more " + what + " codes than there can be");
            }
        }
        // The format allows two incomplete sets: one code of one bit, and no code (RFC 1951 §3.2.7).
        boolean single = used == 0 || (used == 1 && countByLength[1] == 1);
        if (left > 0 && !single) {
            throw new BrokenDeflateException("it has an incomplete set of " + what + " codes");
        }
    }

    private void enter(int symbol, int length, int code) {
        if (length > TABLE_BITS) {
            return;
        }
        int reversed = Integer.reverse(code) >>> (32 - length);
        for (int index = reversed; index < table.length; index += 1 << length) {
            table[index] = (short) (symbol << 4 | length);
        }
    }

    /** Decodes the next symbol. The reader must have buffered 15 bits, or all remaining ones. */
    int decode(BitReader in) throws BrokenDeflateException {
        int entry = table[in.peek(TABLE_BITS)];
        if (entry != 0) {
            in.skip(entry & 15);
            return (entry & 0xFFFF) >>> 4;
        }
        return decodeLong(in);
    }

    private int decodeLong(BitReader in) throws BrokenDeflateException {
        int bits = in.peek(DeflateFormat.MAX_CODE_BITS);
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= DeflateFormat.MAX_CODE_BITS; length++) {
            code |= bits & 1;
            bits >>>= 1;
            int count = countByLength[length];
            if (code - count < first) {
                in.skip(length);
                return symbols[index + code - first];
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        // Beyond the end the reader returns zeros, which may be no code either.
        in.skip(DeflateFormat.MAX_CODE_BITS);
        throw new BrokenDeflateException("it has bits that are no code");
    }
}
