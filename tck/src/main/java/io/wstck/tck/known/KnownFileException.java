package io.wstck.tck.known;

import io.wstck.server.text.Excerpt;
import java.io.Serial;

/** A list of known deviations that cannot be used; the message is file, line, field and one sentence. */
public final class KnownFileException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** More than any field of a list needs. */
    private static final int LONGEST_QUOTE = 200;

    /** Text of the file in quotes, cut where it is long. */
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
