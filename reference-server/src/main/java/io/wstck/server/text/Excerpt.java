package io.wstck.server.text;

/**
 * Cuts long text. A limit counts {@code char}s. A cut never splits a character outside the BMP, because half of one
 * cannot be written as UTF-8. Stateless.
 */
public final class Excerpt {
    private Excerpt() {}

    /** The text, cut to {@code limit} chars. */
    public static String of(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        boolean splits = limit > 0
                && Character.isHighSurrogate(text.charAt(limit - 1))
                && Character.isLowSurrogate(text.charAt(limit));
        return text.substring(0, splits ? limit - 1 : limit);
    }

    /** The text, or its beginning with an ellipsis. */
    public static String withEllipsis(String text, int limit) {
        return text.length() <= limit ? text : of(text, limit) + "…";
    }

    /** The text, or its beginning with the length of the whole text. */
    public static String withLength(String text, int limit) {
        return text.length() <= limit ? text : of(text, limit) + "… (" + text.length() + " characters)";
    }

    /** The text, or its beginning with the number of chars left out. */
    public static String withRest(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        String beginning = of(text, limit);
        return beginning + "… (" + (text.length() - beginning.length()) + " more)";
    }
}
