package io.wstck.tck.autobahn.report;

import java.io.Serial;

/** A folder of reports that cannot be judged; the message is one sentence that names the file. */
public final class UnreadableRunException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    UnreadableRunException(String sentence) {
        super(sentence);
    }
}
