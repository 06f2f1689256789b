package io.wstck.tck.catalogue;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds constants by the words that formats have for them. Stateless. */
public final class Words {
    private Words() {}

    /**
     * The constant with this word.
     *
     * @param kind what the constants are, with its article
     * @throws IllegalArgumentException with a sentence that lists all words, if there is none
     */
    public static <T> T find(T[] constants, Function<T, String> words, String kind, String word) {
        for (T constant : constants) {
            if (words.apply(constant).equals(word)) {
                return constant;
            }
        }
        String known = Arrays.stream(constants).map(words).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("expected " + kind + " (" + known + "), got \"" + word + "\"");
    }
}
