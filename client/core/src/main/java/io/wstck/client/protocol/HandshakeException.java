package io.wstck.client.protocol;

/** The server's answer does not open a WebSocket connection (RFC 6455 §4.1). */
public final class HandshakeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what was expected, what came, and the section that asks for it */
    public HandshakeException(String message) {
        super(message);
    }
}
