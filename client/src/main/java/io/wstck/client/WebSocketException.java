package io.wstck.client;

import java.util.Objects;

/** A failed operation of a client or a connection; the message says what was expected, what came, and where. */
public final class WebSocketException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final Retry retry;

    /** Whether the same call can succeed later. */
    private enum Retry {
        POSSIBLE,
        POINTLESS
    }

    private WebSocketException(ErrorKind kind, Retry retry, String message) {
        super(Objects.requireNonNull(message, "message"));
        this.kind = kind;
        this.retry = retry;
    }

    /** An argument is not valid; nothing was sent. */
    public static WebSocketException invalid(String message) {
        return new WebSocketException(ErrorKind.INVALID, Retry.POINTLESS, message);
    }

    /** The policy denies the operation. */
    public static WebSocketException permissionDenied(String message) {
        return new WebSocketException(ErrorKind.PERMISSION_DENIED, Retry.POINTLESS, message);
    }

    /** The connection could not be made, whatever the cause; trying again may help. */
    public static WebSocketException connectFailed(String message, Throwable cause) {
        return new WebSocketException(ErrorKind.INTERNAL, Retry.POSSIBLE, message).because(cause);
    }

    /** The connection, or the client it belongs to, is closed. */
    public static WebSocketException closed(String message) {
        return new WebSocketException(ErrorKind.INTERNAL, Retry.POINTLESS, message);
    }

    /** The connection was lost while it was used; this connection cannot be used again. */
    public static WebSocketException lost(String message, Throwable cause) {
        return closed(message).because(cause);
    }

    private WebSocketException because(Throwable cause) {
        initCause(cause);
        return this;
    }

    /** Returns what sort of failure it is. */
    public ErrorKind kind() {
        return kind;
    }

    /** Returns whether the same call can succeed later: true only for connections that could not be made. */
    public boolean retryable() {
        return retry == Retry.POSSIBLE;
    }
}
