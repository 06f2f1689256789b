package io.wstck.tck.report;

import java.io.Serial;

/** An invalid events file. The message is one sentence that names the file and the line. */
public final class EventsException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    EventsException(String message) {
        super(message);
    }

    EventsException(String message, Throwable cause) {
        super(message, cause);
    }
}
