package io.wstck.tck.report;

import java.util.Locale;

/**
 * Escapes foreign text for a terminal. A control character in it could move the cursor or hide a line, and a
 * bidirectional override could reorder it.
 */
public final class EscapedText {
    private EscapedText() {}

    /**
     * {@code text} on one line. Line ends and tabs become {@code \n}, {@code \r}, {@code \t}. Other control and format
     * characters, and unpaired surrogates, are written as in Lua: a backslash, {@code u}, and the code point in braces.
     */
    public static String line(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(out, point));
        return out.toString();
    }

    private static void append(StringBuilder out, int point) {
        switch (point) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (visible(point)) {
                    out.appendCodePoint(point);
                } else {
                    out.append(String.format(Locale.ROOT, "\\u{%x}", point));
                }
            }
        }
    }

    static boolean visible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
