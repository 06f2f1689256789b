package io.wstck.server.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Validates UTF-8 that arrives in parts (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF). One
 * thread.
 */
final class Utf8Validator {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    /** The number of continuation bytes that the current character still needs. */
    private int pending;
    /** The range of the next continuation byte. It is narrower after E0, ED, F0 and F4. */
    private int lowest = 0x80;

    private int highest = 0xBF;
    private boolean broken;

    /** Whether all of {@code text} is valid. */
    static boolean isValid(Bytes text) {
        Utf8Validator validator = new Utf8Validator();
        byte[] bytes = text.backingArray();
        return validator.accept(bytes, bytes.length) && validator.complete();
    }

    /**
     * Adds the first {@code count} bytes. Returns whether all bytes so far are valid; the last character may be
     * incomplete.
     */
    boolean accept(byte[] bytes, int count) {
        for (int i = 0; i < count && !broken; i++) {
            if (pending == 0) {
                i = skipAscii(bytes, i, count);
                if (i == count) {
                    break;
                }
            }
            int b = bytes[i] & 0xFF;
            if (pending > 0) {
                broken = b < lowest || b > highest;
                lowest = 0x80;
                highest = 0xBF;
                pending--;
            } else if (b >= 0x80) {
                acceptLeadByte(b);
            }
        }
        return !broken;
    }

    /** The index of the first byte at or after {@code from} that is not ASCII, or {@code count}. */
    private static int skipAscii(byte[] bytes, int from, int count) {
        int i = from;
        while (i + Long.BYTES <= count && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
            i += Long.BYTES;
        }
        while (i < count && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    /** Whether the text is valid and ends with a complete character. */
    boolean complete() {
        return !broken && pending == 0;
    }

    private void acceptLeadByte(int b) {
        if (b >= 0xC2 && b <= 0xDF) {
            pending = 1;
        } else if (b >= 0xE0 && b <= 0xEF) {
            pending = 2;
            lowest = b == 0xE0 ? 0xA0 : 0x80;
            highest = b == 0xED ? 0x9F : 0xBF;
        } else if (b >= 0xF0 && b <= 0xF4) {
            pending = 3;
            lowest = b == 0xF0 ? 0x90 : 0x80;
            highest = b == 0xF4 ? 0x8F : 0xBF;
        } else {
            broken = true;
        }
    }
}
