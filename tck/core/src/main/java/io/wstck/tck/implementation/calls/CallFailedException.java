package io.wstck.tck.implementation.calls;

import io.wstck.lua.errors.ErrorKind;

/**
 * Thrown if a documented call of the client failed. The script gets nil and an error with this kind, message and retry
 * advice.
 */
public final class CallFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final Retry retry;

    /** Whether another attempt may succeed. */
    public enum Retry {
        WORTH_IT,
        USELESS
    }

    /**
     * Creates a failure.
     *
     * @param message text for people; not empty
     */
    public CallFailedException(ErrorKind kind, String message, Retry retry) {
        super(message);
        this.kind = kind;
        this.retry = retry;
    }

    /** The client could not connect: INTERNAL, worth a retry (clause connect.failed). */
    public static CallFailedException notConnected(Throwable cause) {
        return because(cause, Retry.WORTH_IT);
    }

    /**
     * The connection has ended or cannot be used: INTERNAL, a retry is useless (clause send.after-close and others).
     */
    public static CallFailedException unusable(Throwable cause) {
        return because(cause, Retry.USELESS);
    }

    private static CallFailedException because(Throwable cause, Retry retry) {
        CallFailedException failure = new CallFailedException(ErrorKind.INTERNAL, cause.toString(), retry);
        failure.initCause(cause);
        return failure;
    }

    public ErrorKind kind() {
        return kind;
    }

    public Retry retry() {
        return retry;
    }
}
