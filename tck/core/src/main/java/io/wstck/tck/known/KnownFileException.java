package io.wstck.tck.known;

import io.wstck.server.text.Excerpt;
import java.io.Serial;

/** An invalid list of known deviations. The message names file, line and field in one sentence. */
public final class KnownFileException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** More than any field of a list needs. */
    private static final int LONGEST_QUOTE = 200;

    /** Quotes a text of the file, and cuts it if it is long. */
    static String quoted(String text) {
        String quoted = '"' + Excerpt.withEllipsis(text, LONGEST_QUOTE) + '"';
        return text.length() <= LONGEST_QUOTE ? quoted : quoted + " (" + text.length() + " characters)";
    }

    KnownFileException(String message) {
        super(message);
    }

    KnownFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
