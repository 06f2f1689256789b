package io.wstck.server.wire;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Makes text from outside the server fit for a sentence in a journal or an error: on one line, and cut when it is long.
 * A cut never splits a character.
 */
public final class PrintableExcerpt {
    private static final int TEXT_LIMIT = 120;
    private static final int SENTENCE_LIMIT = 600;
    private static final int MAX_ELEMENTS = 5;
    /** {@link #MAX_ELEMENTS} elements of this length fit in one sentence. */
    private static final int ELEMENT_LIMIT = 60;

    private PrintableExcerpt() {}

    /** The text with control characters replaced by {@code \xNN}, cut at 120 characters. */
    public static String text(String text) {
        return truncate(text, TEXT_LIMIT);
    }

    /** The same for a whole sentence that quotes a client, cut at 600 characters. */
    public static String sentence(String sentence) {
        return truncate(sentence, SENTENCE_LIMIT);
    }

    private static String truncate(String text, int limit) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (shown.length() >= limit) {
                return shown.append("… (")
                        .append(text.length())
                        .append(" characters)")
                        .toString();
            }
            shown.append(character(text.codePointAt(i)));
        }
        return shown.toString();
    }

    /** The first elements in brackets, each cut at 60 characters. */
    public static String list(List<String> texts) {
        String tail = texts.size() > MAX_ELEMENTS ? ", … (" + texts.size() + " in all)]" : "]";
        return texts.stream()
                .limit(MAX_ELEMENTS)
                .map(text -> truncate(text, ELEMENT_LIMIT))
                .collect(Collectors.joining(", ", "[", tail));
    }

    /** The whole text with control characters replaced by {@code \xNN}. */
    static String printable(String text) {
        return text.chars().anyMatch(Character::isISOControl)
                ? text.codePoints().mapToObj(PrintableExcerpt::character).collect(Collectors.joining())
                : text;
    }

    private static String character(int point) {
        return Character.isISOControl(point) ? String.format(Locale.ROOT, "\\x%02x", point) : Character.toString(point);
    }
}
