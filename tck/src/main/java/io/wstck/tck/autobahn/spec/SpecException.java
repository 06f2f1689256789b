package io.wstck.tck.autobahn.spec;

import java.io.Serial;

/** What is to be served cannot be; the message is one sentence. */
public final class SpecException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    SpecException(String sentence) {
        super(sentence);
    }
}
