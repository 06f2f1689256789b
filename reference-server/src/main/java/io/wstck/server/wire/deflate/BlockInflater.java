package io.wstck.server.wire.deflate;

import io.wstck.server.wire.deflate.InflateBuffer.OutputLimitException;
import java.util.Arrays;

/** Inflates DEFLATE blocks in their order (RFC 1951 §3.2.3). One thread. */
final class BlockInflater {
    private static final HuffmanDecoder FIXED_LITERALS = fixed(DeflateFormat.fixedLiteralLengths());
    private static final HuffmanDecoder FIXED_DISTANCES = fixed(DeflateFormat.fixedDistanceLengths());

    private final byte[] bytes;
    private final BitReader in;
    private final InflateBuffer out;

    /** The kinds of block that the end of a message depends on. */
    enum BlockKind {
        EMPTY_STORED,
        OTHER
    }

    /** A block that was inflated. */
    record InflatedBlock(BlockKind block, boolean last) {}

    BlockInflater(byte[] bytes, BitReader in, InflateBuffer out) {
        this.bytes = bytes;
        this.in = in;
        this.out = out;
    }

    private static HuffmanDecoder fixed(byte[] lengths) {
        try {
            return new HuffmanDecoder(lengths, lengths.length, "fixed");
        } catch (BrokenDeflateException impossible) {
            throw new AssertionError("the fixed codes are complete", impossible);
        }
    }

    /** Inflates the next block. After the last block of a stream the next one begins at a byte boundary. */
    InflatedBlock next() throws BrokenDeflateException, OutputLimitException {
        in.fill();
        boolean last = in.take(1) == 1;
        BlockKind block = switch (in.take(2)) {
            case 0 -> readStored();
            case 1 -> readCompressed(FIXED_LITERALS, FIXED_DISTANCES);
            case 2 -> readDynamic();
            default -> throw new BrokenDeflateException("it has a block of the reserved type 3");
        };
        if (last) {
            in.align();
        }
        return new InflatedBlock(block, last);
    }

    private BlockKind readStored() throws BrokenDeflateException, OutputLimitException {
        in.align();
        in.fill();
        int length = in.take(16);
        int complement = in.take(16);
        if ((length ^ complement) != 0xFFFF) {
            throw new BrokenDeflateException(
                    "it has a stored block of length %04x with the complement %04x".formatted(length, complement));
        }
        int from = in.byteIndex();
        if (length > bytes.length - from) {
            throw new BrokenDeflateException("it ends inside a block");
        }
        out.append(bytes, from, length);
        in.seekToByte(from + length);
        return length == 0 ? BlockKind.EMPTY_STORED : BlockKind.OTHER;
    }

    private BlockKind readDynamic() throws BrokenDeflateException, OutputLimitException {
        int literals = in.take(5) + 257;
        int distances = in.take(5) + 1;
        int lengthCodes = in.take(4) + 4;
        if (literals > DeflateFormat.LITERAL_SYMBOLS || distances > DeflateFormat.DISTANCE_SYMBOLS) {
            throw new BrokenDeflateException("it has %d literal and %d distance codes".formatted(literals, distances));
        }
        byte[] lengths = new byte[DeflateFormat.LENGTH_CODE_SYMBOLS];
        for (int i = 0; i < lengthCodes; i++) {
            in.fill();
            lengths[DeflateFormat.lengthCodeSymbol(i)] = (byte) in.take(3);
        }
        HuffmanDecoder lengthDecoder = new HuffmanDecoder(lengths, lengths.length, "code length");
        byte[] all = codeLengths(lengthDecoder, literals + distances);
        if (all[DeflateFormat.END_OF_BLOCK] == 0) {
            throw new BrokenDeflateException("it has a block without a code for its end");
        }
        return readCompressed(
                new HuffmanDecoder(all, literals, "literal"),
                new HuffmanDecoder(Arrays.copyOfRange(all, literals, all.length), distances, "distance"));
    }

    private byte[] codeLengths(HuffmanDecoder decoder, int count) throws BrokenDeflateException {
        byte[] lengths = new byte[count];
        int filled = 0;
        while (filled < count) {
            in.fill();
            int symbol = decoder.decode(in);
            if (symbol < 16) {
                lengths[filled++] = (byte) symbol;
                continue;
            }
            if (symbol == 16 && filled == 0) {
                throw new BrokenDeflateException("it repeats a code length before the first one");
            }
            byte repeated = symbol == 16 ? lengths[filled - 1] : 0;
            int times = switch (symbol) {
                case 16 -> 3 + in.take(2);
                case 17 -> 3 + in.take(3);
                default -> 11 + in.take(7);
            };
            if (times > count - filled) {
                throw new BrokenDeflateException("it repeats a code length beyond the last one");
            }
            Arrays.fill(lengths, filled, filled + times, repeated);
            filled += times;
        }
        return lengths;
    }

    private BlockKind readCompressed(HuffmanDecoder literals, HuffmanDecoder distances)
            throws BrokenDeflateException, OutputLimitException {
        while (true) {
            in.fill();
            int symbol = literals.decode(in);
            if (symbol < DeflateFormat.END_OF_BLOCK) {
                out.appendLiteral(symbol);
            } else if (symbol == DeflateFormat.END_OF_BLOCK) {
                return BlockKind.OTHER;
            } else {
                copy(symbol, distances);
            }
        }
    }

    private void copy(int symbol, HuffmanDecoder distances) throws BrokenDeflateException, OutputLimitException {
        int index = symbol - DeflateFormat.END_OF_BLOCK - 1;
        if (symbol >= DeflateFormat.LITERAL_SYMBOLS) {
            throw new BrokenDeflateException("it has the length code " + symbol);
        }
        int length = DeflateFormat.lengthBase(index) + in.take(DeflateFormat.lengthExtraBits(index));
        int code = distances.decode(in);
        if (code >= DeflateFormat.DISTANCE_SYMBOLS) {
            throw new BrokenDeflateException("it has the distance code " + code);
        }
        out.appendMatch(DeflateFormat.distanceBase(code) + in.take(DeflateFormat.distanceExtraBits(code)), length);
    }
}
