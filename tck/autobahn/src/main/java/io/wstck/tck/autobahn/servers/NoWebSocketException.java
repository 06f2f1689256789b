package io.wstck.tck.autobahn.servers;

import java.io.Serial;

/** Thrown when a server never answers an opening handshake with 101. The message is a sentence without a full stop. */
final class NoWebSocketException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    NoWebSocketException(String sentence) {
        super(sentence);
    }
}
