package io.wstck.server.wire;

/** Validates UTF-8 that arrives in pieces (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF). One thread. */
final class Utf8Validator {
    /** Continuation bytes that are still due in the current character. */
    private int due;
    /** The range of the next continuation byte; narrower right after E0, ED, F0 and F4. */
    private int lowest = 0x80;

    private int highest = 0xBF;
    private boolean broken;

    /** Whether all of {@code text} is valid. */
    static boolean isValid(Bytes text) {
        Utf8Validator validator = new Utf8Validator();
        byte[] bytes = text.toArray();
        return validator.accept(bytes, bytes.length) && validator.complete();
    }

    /** Whether everything so far is valid, as far as it goes. */
    boolean accept(byte[] bytes, int count) {
        for (int i = 0; i < count && !broken; i++) {
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
