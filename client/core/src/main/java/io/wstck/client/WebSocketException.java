package io.wstck.client;

import java.util.Objects;

/** Reports a failed operation of a client or a connection. The message says what was expected, what came, and where. */
public final class WebSocketException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The value of {@link #kind()}. */
    private final ErrorKind kind;
    /** The value of {@link #retryable()}. */
    private final boolean retryable;

    private WebSocketException(ErrorKind kind, boolean retryable, String message) {
        super(Objects.requireNonNull(message, "message"));
        this.kind = kind;
        this.retryable = retryable;
    }

    /**
     * An argument is not valid; nothing was sent.
     *
     * @param message the sentence for people
     * @return the exception
     */
    public static WebSocketException invalid(String message) {
        return new WebSocketException(ErrorKind.INVALID, false, message);
    }

    /**
     * The policy denies the operation.
     *
     * @param message the sentence for people
     * @return the exception
     */
    public static WebSocketException permissionDenied(String message) {
        return new WebSocketException(ErrorKind.PERMISSION_DENIED, false, message);
    }

    /**
     * The connection could not be made; trying again may help.
     *
     * @param message the sentence for people
     * @param cause the cause
     * @return the exception
     */
    public static WebSocketException connectFailed(String message, Throwable cause) {
        return new WebSocketException(ErrorKind.INTERNAL, true, message).withCause(cause);
    }

    /**
     * The connection, or the client it belongs to, is closed.
     *
     * @param message the sentence for people
     * @return the exception
     */
    public static WebSocketException closed(String message) {
        return new WebSocketException(ErrorKind.INTERNAL, false, message);
    }

    /**
     * The connection was lost while it was used; this connection cannot be used again.
     *
     * @param message the sentence for people
     * @param cause the cause
     * @return the exception
     */
    public static WebSocketException lost(String message, Throwable cause) {
        return closed(message).withCause(cause);
    }

    private WebSocketException withCause(Throwable cause) {
        initCause(cause);
        return this;
    }

    /** {@return the kind of failure} */
    public ErrorKind kind() {
        return kind;
    }

    /** {@return whether the same call can succeed later: true only for connections that could not be made} */
    public boolean retryable() {
        return retryable;
    }
}
