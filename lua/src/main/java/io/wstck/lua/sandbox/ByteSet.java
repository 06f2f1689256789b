package io.wstck.lua.sandbox;

import java.util.BitSet;
import java.util.function.IntPredicate;

/** A set of byte values: a character class of a pattern, in the C locale. */
final class ByteSet {
    private final BitSet members;

    private ByteSet(BitSet members) {
        this.members = members;
    }

    static ByteSet of(IntPredicate member) {
        BitSet bits = new BitSet(256);
        for (int c = 0; c < 256; c++) {
            bits.set(c, member.test(c));
        }
        return new ByteSet(bits);
    }

    static ByteSet single(int value) {
        return of(c -> c == value);
    }

    /** The class of {@code %a}, {@code %D} and so on; any other letter stands for itself. */
    static ByteSet classOf(int letter) {
        IntPredicate member = switch (Character.toLowerCase(letter)) {
            case 'a' -> ByteSet::isLetter;
            case 'd' -> c -> between(c, '0', '9');
            case 'l' -> c -> between(c, 'a', 'z');
            case 'u' -> c -> between(c, 'A', 'Z');
            case 's' -> c -> c == ' ' || between(c, '\t', '\r');
            case 'c' -> c -> c < ' ' || c == 127;
            case 'p' -> c -> between(c, '!', '~') && !isLetter(c) && !between(c, '0', '9');
            case 'w' -> c -> isLetter(c) || between(c, '0', '9');
            case 'x' -> c -> between(c, '0', '9') || between(c, 'a', 'f') || between(c, 'A', 'F');
            case 'g' -> c -> between(c, '!', '~');
            case 'z' -> c -> c == 0;
            default -> null;
        };
        if (member == null) {
            return single(letter);
        }
        return of(Character.isUpperCase(letter) ? member.negate() : member);
    }

    boolean contains(int value) {
        return members.get(value);
    }

    private static boolean isLetter(int c) {
        return between(c, 'a', 'z') || between(c, 'A', 'Z');
    }

    private static boolean between(int c, int low, int high) {
        return c >= low && c <= high;
    }
}
