package io.wstck.lua.sandbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** A set of byte values: a character class of a pattern, in the C locale. Immutable. */
final class ByteSet {
    private static final int WORDS = 4;
    private static final Map<Integer, ByteSet> CLASSES = classes();

    static final ByteSet ALL = of(any -> true);

    /** Bit {@code value % 64} of word {@code value / 64}. */
    private final long[] words;

    private ByteSet(long[] words) {
        this.words = words;
    }

    static ByteSet single(int value) {
        long[] words = new long[WORDS];
        words[value >> 6] = 1L << value;
        return new ByteSet(words);
    }

    /** Returns the values from {@code low} to {@code high}, both included; none if {@code low} is larger. */
    static ByteSet range(int low, int high) {
        long[] words = new long[WORDS];
        for (int value = low; value <= high; value++) {
            words[value >> 6] |= 1L << value;
        }
        return new ByteSet(words);
    }

    static ByteSet union(List<ByteSet> parts) {
        long[] words = new long[WORDS];
        for (ByteSet part : parts) {
            for (int word = 0; word < WORDS; word++) {
                words[word] |= part.words[word];
            }
        }
        return new ByteSet(words);
    }

    /** Returns the class of {@code %a}, {@code %D} and so on; any other letter stands for itself. */
    static ByteSet classOf(int letter) {
        ByteSet known = CLASSES.get(letter);
        return known == null ? single(letter) : known;
    }

    ByteSet complement() {
        long[] others = new long[WORDS];
        for (int word = 0; word < WORDS; word++) {
            others[word] = ~words[word];
        }
        return new ByteSet(others);
    }

    boolean contains(int value) {
        return (words[value >> 6] & (1L << value)) != 0;
    }

    private static Map<Integer, ByteSet> classes() {
        Map<Integer, ByteSet> classes = new HashMap<>();
        define(classes, 'a', ByteSet::isLetter);
        define(classes, 'd', c -> between(c, '0', '9'));
        define(classes, 'l', c -> between(c, 'a', 'z'));
        define(classes, 'u', c -> between(c, 'A', 'Z'));
        define(classes, 's', c -> c == ' ' || between(c, '\t', '\r'));
        define(classes, 'c', c -> c < ' ' || c == 127);
        define(classes, 'p', c -> between(c, '!', '~') && !isLetter(c) && !between(c, '0', '9'));
        define(classes, 'w', c -> isLetter(c) || between(c, '0', '9'));
        define(classes, 'x', c -> between(c, '0', '9') || between(c, 'a', 'f') || between(c, 'A', 'F'));
        define(classes, 'g', c -> between(c, '!', '~'));
        define(classes, 'z', c -> c == 0);
        return Map.copyOf(classes);
    }

    private static void define(Map<Integer, ByteSet> classes, char letter, IntPredicate member) {
        ByteSet set = of(member);
        classes.put((int) letter, set);
        classes.put((int) Character.toUpperCase(letter), set.complement());
    }

    private static ByteSet of(IntPredicate member) {
        long[] words = new long[WORDS];
        for (int value = 0; value < 256; value++) {
            words[value >> 6] |= member.test(value) ? 1L << value : 0;
        }
        return new ByteSet(words);
    }

    private static boolean isLetter(int c) {
        return between(c, 'a', 'z') || between(c, 'A', 'Z');
    }

    private static boolean between(int c, int low, int high) {
        return c >= low && c <= high;
    }
}
