package io.wstck.tck.known;

import java.io.Serial;

/** A list of known deviations that cannot be used; the message is file, line, field and one sentence. */
public final class KnownFileException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    KnownFileException(String message) {
        super(message);
    }

    KnownFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
