package io.wstck.server.wire.deflate;

/** Writes DEFLATE blocks (RFC 1951 §3.2.3). One thread. */
final class BlockWriter {
    private static final HuffmanEncoder FIXED_LITERALS = HuffmanEncoder.ofLengths(DeflateFormat.fixedLiteralLengths());
    private static final HuffmanEncoder FIXED_DISTANCES =
            HuffmanEncoder.ofLengths(DeflateFormat.fixedDistanceLengths());

    private final BitWriter out;

    /** The position of a block in its stream, which the BFINAL bit tells. */
    enum BlockPosition {
        NOT_LAST(0),
        LAST(1);

        private final int bit;

        BlockPosition(int bit) {
            this.bit = bit;
        }
    }

    BlockWriter(BitWriter out) {
        this.out = out;
    }

    /** Writes a stored block of at most 65,535 bytes. */
    void writeStored(byte[] data, int from, int length, BlockPosition place) {
        writeStoredHeader(place);
        out.write(length, 16);
        out.write(length ^ 0xFFFF, 16);
        out.writeBytes(data, from, length);
    }

    /** Writes the header of a stored block, filled up to a byte. A message ends with that of an empty one. */
    void writeStoredHeader(BlockPosition place) {
        out.write(place.bit, 3);
        out.align();
    }

    void writeFixed(Tokens tokens, BlockPosition place) {
        out.write(place.bit | 1 << 1, 3);
        write(tokens, FIXED_LITERALS, FIXED_DISTANCES);
    }

    void writeDynamic(Tokens tokens, BlockPosition place) {
        int[] literals = new int[DeflateFormat.LITERAL_SYMBOLS];
        int[] distances = new int[DeflateFormat.DISTANCE_SYMBOLS];
        literals[DeflateFormat.END_OF_BLOCK] = 1;
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.length(i) == 0) {
                literals[tokens.value(i)]++;
            } else {
                literals[lengthSymbol(tokens.length(i))]++;
                distances[DeflateFormat.distanceSymbol(tokens.value(i))]++;
            }
        }
        HuffmanEncoder literalCodes = HuffmanEncoder.ofFrequencies(literals, DeflateFormat.MAX_CODE_BITS);
        HuffmanEncoder distanceCodes = HuffmanEncoder.ofFrequencies(distances, DeflateFormat.MAX_CODE_BITS);
        out.write(place.bit | 2 << 1, 3);
        writeCodes(literalCodes, distanceCodes);
        write(tokens, literalCodes, distanceCodes);
    }

    private void writeCodes(HuffmanEncoder literals, HuffmanEncoder distances) {
        int literalCount = literals.used(DeflateFormat.END_OF_BLOCK + 1);
        int distanceCount = distances.used(1);
        CodeLengths lengths = CodeLengths.of(literals, literalCount, distances, distanceCount);
        int[] frequencies = new int[DeflateFormat.LENGTH_CODE_SYMBOLS];
        lengths.symbols().forEach(symbol -> frequencies[symbol.symbol()]++);
        HuffmanEncoder codes = HuffmanEncoder.ofFrequencies(frequencies, DeflateFormat.MAX_LENGTH_CODE_BITS);
        int codeCount = DeflateFormat.LENGTH_CODE_SYMBOLS;
        while (codeCount > 4 && codes.length(DeflateFormat.lengthCodeSymbol(codeCount - 1)) == 0) {
            codeCount--;
        }
        out.write(literalCount - 257, 5);
        out.write(distanceCount - 1, 5);
        out.write(codeCount - 4, 4);
        for (int i = 0; i < codeCount; i++) {
            out.write(codes.length(DeflateFormat.lengthCodeSymbol(i)), 3);
        }
        for (CodeLengths.Symbol symbol : lengths.symbols()) {
            codes.write(symbol.symbol(), out);
            out.write(symbol.extra(), symbol.extraBits());
        }
    }

    private void write(Tokens tokens, HuffmanEncoder literals, HuffmanEncoder distances) {
        for (int i = 0; i < tokens.size(); i++) {
            int length = tokens.length(i);
            int value = tokens.value(i);
            if (length == 0) {
                literals.write(value, out);
                continue;
            }
            int index = DeflateFormat.lengthIndex(length);
            literals.write(lengthSymbol(length), out);
            out.write(length - DeflateFormat.lengthBase(index), DeflateFormat.lengthExtraBits(index));
            int symbol = DeflateFormat.distanceSymbol(value);
            distances.write(symbol, out);
            out.write(value - DeflateFormat.distanceBase(symbol), DeflateFormat.distanceExtraBits(symbol));
        }
        literals.write(DeflateFormat.END_OF_BLOCK, out);
    }

    private static int lengthSymbol(int length) {
        return DeflateFormat.END_OF_BLOCK + 1 + DeflateFormat.lengthIndex(length);
    }
}
