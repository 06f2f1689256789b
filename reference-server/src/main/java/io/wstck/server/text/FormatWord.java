package io.wstck.server.text;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An enum constant with a word for file formats: scenarios, journals, events, lists of known deviations, evidence,
 * messages of agents. Each constant states its word, so that renaming a class or a constant does not change a format.
 */
public interface FormatWord {
    /** The word in the format. */
    String word();

    /** The constant of this type with this word. */
    static <E extends Enum<E> & FormatWord> Optional<E> find(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.word().equals(word))
                .findFirst();
    }

    /** All words of this type, in the order of its constants. */
    static <E extends Enum<E> & FormatWord> List<String> words(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(FormatWord::word).toList();
    }

    /**
     * The constant of this type with this word.
     *
     * @param kind the noun for the constants, with its article
     * @throws IllegalArgumentException that lists all words, if there is no such constant
     */
    static <E extends Enum<E> & FormatWord> E of(Class<E> type, String kind, String word) {
        return find(type, word)
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected " + kind + " (" + String.join(", ", words(type)) + "), got \"" + word + "\""));
    }
}
