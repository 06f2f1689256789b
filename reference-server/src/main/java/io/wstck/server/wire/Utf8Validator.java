package io.wstck.server.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Validates UTF-8 that arrives in pieces (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF). One thread. */
final class Utf8Validator {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    /** Continuation bytes that are still due in the current character. */
    private int due;
    /** The range of the next continuation byte; narrower right after E0, ED, F0 and F4. */
    private int lowest = 0x80;

    private int highest = 0xBF;
    private boolean broken;

    /** Whether all of {@code text} is valid. */
    static boolean isValid(Bytes text) {
        Utf8Validator validator = new Utf8Validator();
        byte[] bytes = text.shared();
        return validator.accept(bytes, bytes.length) && validator.complete();
    }

    /** Whether everything so far is valid, as far as it goes. */
    boolean accept(byte[] bytes, int count) {
        for (int i = 0; i < count && !broken; i++) {
            if (due == 0) {
                i = skipAscii(bytes, i, count);
                if (i == count) {
                    break;
                }
            }
            int b = bytes[i] & 0xFF;
            if (due > 0) {
                broken = b < lowest || b > highest;
                lowest = 0x80;
                highest = 0xBF;
                due--;
            } else if (b >= 0x80) {
                lead(b);
            }
        }
        return !broken;
    }

    /** The place of the next byte, from {@code from} on, that may be no ASCII. */
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

    /** Whether the text is valid and ends with a whole character. */
    boolean complete() {
        return !broken && due == 0;
    }

    private void lead(int b) {
        if (b >= 0xC2 && b <= 0xDF) {
            due = 1;
        } else if (b >= 0xE0 && b <= 0xEF) {
            due = 2;
            lowest = b == 0xE0 ? 0xA0 : 0x80;
            highest = b == 0xED ? 0x9F : 0xBF;
        } else if (b >= 0xF0 && b <= 0xF4) {
            due = 3;
            lowest = b == 0xF0 ? 0x90 : 0x80;
            highest = b == 0xF4 ? 0x8F : 0xBF;
        } else {
            broken = true;
        }
    }
}
