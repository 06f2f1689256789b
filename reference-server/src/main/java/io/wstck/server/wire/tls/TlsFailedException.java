package io.wstck.server.wire.tls;

import java.io.IOException;

/**
 * Reports that the TLS handshake or a later TLS record has failed. The message gives the reason, including an alert of
 * the client.
 */
public final class TlsFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Alert alert;

    /** Tells whether the server has sent a fatal alert. */
    public enum Alert {
        SENT,
        NOT_SENT
    }

    /** A failure for this reason, without an alert to the client. */
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
