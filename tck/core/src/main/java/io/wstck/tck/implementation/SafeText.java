package io.wstck.tck.implementation;

import io.wstck.server.text.Excerpt;

/** Prepares texts of clients and adapters for a report: never null, and of bounded length. Stateless. */
public final class SafeText {
    /** Longer than any useful sentence. A report holds one such text per case. */
    private static final int MAX_LENGTH = 4096;

    /** Leaves room for the sentence around the exception. */
    private static final int MAX_EXCEPTION_LENGTH = MAX_LENGTH / 2;

    private SafeText() {}

    /**
     * The text, or its beginning and its length if it is too long. Null, which an adapter may pass, becomes a sentence.
     */
    public static String bounded(String text) {
        if (text == null) {
            return "no reason was given";
        }
        return Excerpt.withLength(text, MAX_LENGTH);
    }

    /** The text of an exception. Client code may throw in {@code toString}; then only the class name is used. */
    public static String of(Throwable thrown) {
        try {
            return Excerpt.withLength(String.valueOf(thrown.toString()), MAX_EXCEPTION_LENGTH);
        } catch (Throwable e) {
            return thrown.getClass().getName() + ", whose text cannot be read: it throws "
                    + e.getClass().getName();
        }
    }
}
