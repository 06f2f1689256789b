package io.wstck.tck.known;

import java.io.Serial;

/** A list of known deviations that cannot be used; the message is file, line, field and one sentence. */
public final class KnownFileException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** More than any field of a list needs. */
    private static final int LONGEST_QUOTE = 200;

    /** Text of the file in quotes, cut where it is long. */
    static String quoted(String text) {
        return text.length() <= LONGEST_QUOTE
                ? '"' + text + '"'
                : '"' + text.substring(0, LONGEST_QUOTE) + "…\" (" + text.length() + " characters)";
    }

    KnownFileException(String message) {
        super(message);
    }

    KnownFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
