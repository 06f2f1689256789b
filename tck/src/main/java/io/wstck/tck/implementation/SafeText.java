package io.wstck.tck.implementation;

import io.wstck.server.text.Excerpt;

/** Texts that come from a client or from its adapter, made fit for a report: never null, and of bounded length. Stateless. */
public final class SafeText {
    /** More than any sentence needs; a report holds one for each case. */
    private static final int MOST = 4096;

    /** Leaves room for the sentence around it. */
    private static final int MOST_OF_EXCEPTION = MOST / 2;

    private SafeText() {}

    /** The text, or its beginning with its whole length. An adapter may give null where the interface asks for a text. */
    public static String bounded(String text) {
        if (text == null) {
            return "no reason was given";
        }
        return Excerpt.withLength(text, MOST);
    }

    /** What an exception says of itself. Its class alone when its own methods fail: they belong to the client, too. */
    public static String of(Throwable thrown) {
        try {
            return Excerpt.withLength(String.valueOf(thrown.toString()), MOST_OF_EXCEPTION);
        } catch (Throwable e) {
            return thrown.getClass().getName() + ", whose text cannot be read: it throws "
                    + e.getClass().getName();
        }
    }
}
