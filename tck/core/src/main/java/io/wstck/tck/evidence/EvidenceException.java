package io.wstck.tck.evidence;

import java.io.Serial;

/** Invalid evidence. The message is one sentence that names the file and the line. */
public final class EvidenceException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    EvidenceException(String message) {
        super(message);
    }

    EvidenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
