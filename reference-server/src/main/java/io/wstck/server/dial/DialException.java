package io.wstck.server.dial;

import java.io.IOException;
import java.io.Serial;

/** Thrown when a server cannot be connected to. The message is a sentence without a full stop. */
public final class DialException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    DialException(String sentence) {
        super(sentence);
    }

    DialException(String sentence, IOException cause) {
        super(sentence, cause);
    }
}
