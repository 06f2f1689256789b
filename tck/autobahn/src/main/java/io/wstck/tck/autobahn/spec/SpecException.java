package io.wstck.tck.autobahn.spec;

import java.io.Serial;

/**
 * Reports that a spec file or a pattern of case ids is invalid, or that no case is left to play. The message is one
 * sentence.
 */
public final class SpecException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    SpecException(String sentence) {
        super(sentence);
    }
}
