package io.wstck.tck.autobahn.report;

import java.io.Serial;

/** Thrown for a folder of reports that cannot be judged. The message is one sentence that names the file. */
public final class UnreadableRunException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    UnreadableRunException(String sentence) {
        super(sentence);
    }
}
