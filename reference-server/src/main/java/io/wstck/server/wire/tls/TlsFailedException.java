package io.wstck.server.wire.tls;

import java.io.IOException;

/** TLS cannot go on; the message says why, the client's alert included. */
public final class TlsFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Alert alert;

    /** Whether the client was told so. */
    public enum Alert {
        SENT,
        NOT_SENT
    }

    /** For that reason, without a word to the client. */
    public TlsFailedException(String problem) {
        super(problem);
        alert = Alert.NOT_SENT;
    }

    TlsFailedException(IOException cause, Alert alert) {
        super(cause.getMessage(), cause);
        this.alert = alert;
    }

    /** Whether the server has sent a fatal alert. */
    public Alert alert() {
        return alert;
    }
}
