package io.wstck.client.protocol;

import java.util.Locale;

/** Text of a server in the messages of exceptions: on one line, and cut where it is long, but never within a character. */
final class Shown {
    private static final int LIMIT = 120;

    private Shown() {}

    /** Returns the text in quotes; control characters are shown by their numbers. */
    static String quoted(String text) {
        return '"' + plain(text) + '"';
    }

    /** Returns the same without quotes. */
    static String plain(String text) {
        StringBuilder shown = new StringBuilder();
        for (int index = 0; index < text.length(); index += Character.charCount(text.codePointAt(index))) {
            if (shown.length() >= LIMIT) {
                return shown.append("… (")
                        .append(text.length())
                        .append(" characters)")
                        .toString();
            }
            int point = text.codePointAt(index);
            if (Character.isISOControl(point)) {
                shown.append(String.format(Locale.ROOT, "\\x%02x", point));
            } else {
                shown.appendCodePoint(point);
            }
        }
        return shown.toString();
    }
}
