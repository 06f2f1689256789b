package io.wstck.server.wire;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Text of a client in sentences: on one line, and cut where it is long, but never within a character. */
public final class Shown {
    private static final int LIMIT = 120;
    private static final int LONGEST_SENTENCE = 600;
    private static final int MOST = 5;
    /** So that {@link #MOST} of them fit in one sentence. */
    private static final int ELEMENT_LIMIT = 60;

    private Shown() {}

    /** The text without control characters, which are shown by their numbers. */
    public static String text(String text) {
        return cut(text, LIMIT);
    }

    /** The same for a whole sentence, some of which came from a client. */
    public static String sentence(String sentence) {
        return cut(sentence, LONGEST_SENTENCE);
    }

    private static String cut(String text, int limit) {
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

    /** The first elements in brackets, each cut where it is long. */
    public static String list(List<String> texts) {
        String tail = texts.size() > MOST ? ", … (" + texts.size() + " in all)]" : "]";
        return texts.stream()
                .limit(MOST)
                .map(text -> cut(text, ELEMENT_LIMIT))
                .collect(Collectors.joining(", ", "[", tail));
    }

    /** The text, whole, without control characters. */
    static String printable(String text) {
        return text.chars().anyMatch(Character::isISOControl)
                ? text.codePoints().mapToObj(Shown::character).collect(Collectors.joining())
                : text;
    }

    private static String character(int point) {
        return Character.isISOControl(point) ? String.format(Locale.ROOT, "\\x%02x", point) : Character.toString(point);
    }
}
