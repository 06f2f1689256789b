package io.wstck.tck.autobahn.tls;

import java.io.Serial;

/** Thrown for a certificate or key that cannot be used. The message is one sentence that names the file. */
public final class UnusableCertificateException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    UnusableCertificateException(String sentence) {
        super(sentence);
    }

    UnusableCertificateException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
