package io.wstck.server.text;

/**
 * The beginning of a text that may be long. A limit counts {@code char}s. A character outside the BMP is two of them, and stays whole:
 * half of one cannot be written as UTF-8. Stateless.
 */
public final class Excerpt {
    private Excerpt() {}

    /** The text, or at most its first {@code limit} chars. */
    public static String of(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        boolean splits = limit > 0
                && Character.isHighSurrogate(text.charAt(limit - 1))
                && Character.isLowSurrogate(text.charAt(limit));
        return text.substring(0, splits ? limit - 1 : limit);
    }

    /** The text, or its beginning and an ellipsis. */
    public static String withEllipsis(String text, int limit) {
        return text.length() <= limit ? text : of(text, limit) + "…";
    }

    /** The text, or its beginning and the length of the whole. */
    public static String withLength(String text, int limit) {
        return text.length() <= limit ? text : of(text, limit) + "… (" + text.length() + " characters)";
    }

    /** The text, or its beginning and how much is left out. */
    public static String withRest(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        String beginning = of(text, limit);
        return beginning + "… (" + (text.length() - beginning.length()) + " more)";
    }
}
