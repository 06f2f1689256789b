package io.wstck.client.protocol;

import java.util.Locale;

/** Text of a server in the messages of exceptions: on one line, and cut where it is long. */
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
        for (int index = 0; index < text.length(); index++) {
            if (shown.length() >= LIMIT) {
                return shown.append("… (")
                        .append(text.length())
                        .append(" characters)")
                        .toString();
            }
            char character = text.charAt(index);
            if (Character.isISOControl(character)) {
                shown.append(String.format(Locale.ROOT, "\\x%02x", (int) character));
            } else {
                shown.append(character);
            }
        }
        return shown.toString();
    }
}
