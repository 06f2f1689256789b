package io.wstck.tck.autobahn.serve;

import java.io.Serial;

/** Thrown for a request that the server cannot answer. The message is a sentence for the driver. */
final class BadRequestException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    BadRequestException(String sentence) {
        super(sentence);
    }
}
