package io.wstck.server.wire.tls;

import java.io.IOException;

/** TLS cannot go on; the message says why, the client's alert included. */
public final class TlsFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** For that reason. */
    public TlsFailedException(String problem) {
        super(problem);
    }

    TlsFailedException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
