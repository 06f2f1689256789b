package io.wstck.tck.implementation.calls;

import io.wstck.lua.errors.ErrorKind;

/** A documented call that failed: the script gets nil and an error with this kind, this message and this advice. */
public final class CallFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final Retry retry;

    /** Whether trying again may succeed. */
    public enum Retry {
        WORTH_IT,
        USELESS
    }

    /**
     * A failure.
     *
     * @param message for people; not empty
     */
    public CallFailedException(ErrorKind kind, String message, Retry retry) {
        super(message);
        this.kind = kind;
        this.retry = retry;
    }

    /** A connection that could not be made: INTERNAL, worth a retry (clause connect.failed). */
    public static CallFailedException notConnected(Throwable cause) {
        return because(cause, Retry.WORTH_IT);
    }

    /** A call on a connection that has ended, or cannot be used: INTERNAL, no retry helps (clauses send.after-close, …). */
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
