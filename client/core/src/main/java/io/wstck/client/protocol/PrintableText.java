package io.wstck.client.protocol;

import java.util.Locale;

/** Formats a server's text for exception messages: on one line, and shortened without splitting a character. */
final class PrintableText {
    private static final int LIMIT = 120;

    private PrintableText() {}

    /** Returns the text in quotes, with control characters as hexadecimal escapes. */
    static String quoted(String text) {
        return '"' + plain(text) + '"';
    }

    /** Returns the text without quotes; otherwise as {@link #quoted}. */
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
