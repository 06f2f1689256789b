package io.wstck.tck.autobahn.exchange;

import java.io.Serial;

/**
 * Thrown when the kit has no memory for a peer's messages, because other peers use it. That is not the peer's
 * fault. The message is a sentence.
 */
public final class NoMemoryException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    NoMemoryException(String sentence) {
        super(sentence);
    }
}
