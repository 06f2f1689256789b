package io.wstck.client.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Validates UTF-8 that arrives in any portions, by the table of well-formed byte sequences (RFC 3629 §4). */
final class Utf8Validator {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NON_ASCII = 0x8080808080808080L;

    /** The number of continuation bytes that the current character still needs. */
    private int missing;
    /** The range of the next continuation byte; it is narrower only right after the first byte. */
    private int minNext = 0x80;

    private int maxNext = 0xBF;

    /** Returns whether the bytes are a complete, valid text. */
    static boolean isValid(byte[] bytes) {
        Utf8Validator validator = new Utf8Validator();
        return validator.accept(bytes, 0, bytes.length) && validator.isComplete();
    }

    /** Takes the next bytes. Returns false at the first invalid byte. */
    boolean accept(byte[] bytes, int offset, int count) {
        int end = offset + count;
        int index = offset;
        while (index < end) {
            if (missing == 0) {
                index = skipAscii(bytes, index, end);
                if (index == end) {
                    return true;
                }
            }
            if (!acceptByte(bytes[index++] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the text so far ends with a whole character. If so, another text may follow. */
    boolean isComplete() {
        return missing == 0;
    }

    private static int skipAscii(byte[] bytes, int from, int end) {
        int index = from;
        while (index + Long.BYTES <= end && ((long) LONGS.get(bytes, index) & NON_ASCII) == 0) {
            index += Long.BYTES;
        }
        while (index < end && bytes[index] >= 0) {
            index++;
        }
        return index;
    }

    private boolean acceptByte(int value) {
        if (missing == 0) {
            return beginCharacter(value);
        }
        if (value < minNext || value > maxNext) {
            return false;
        }
        missing--;
        minNext = 0x80;
        maxNext = 0xBF;
        return true;
    }

    private boolean beginCharacter(int first) {
        if (first < 0x80) {
            return true;
        }
        // C0, C1 would be overlong; F5 and above lie beyond U+10FFFF; 80 to BF cannot be first.
        if (first < 0xC2 || first > 0xF4) {
            return false;
        }
        missing = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
        switch (first) {
            case 0xE0 -> minNext = 0xA0; // below: overlong
            case 0xED -> maxNext = 0x9F; // above: surrogates
            case 0xF0 -> minNext = 0x90; // below: overlong
            case 0xF4 -> maxNext = 0x8F; // above: beyond U+10FFFF
            default -> {}
        }
        return true;
    }
}
