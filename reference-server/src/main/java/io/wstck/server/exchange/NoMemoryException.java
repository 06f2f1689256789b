package io.wstck.server.exchange;

import java.io.Serial;

/** The server cannot hold what a client sent, beside what others did: that is no fault of the client. The message is a sentence. */
public final class NoMemoryException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    NoMemoryException(String sentence) {
        super(sentence);
    }
}
