package io.wstck.tck.implementation.calls;

import io.wstck.tck.implementation.NotJudgedReason;

/**
 * Thrown by a call that tells nothing about the client, because the client lacks an ability or its adapter failed. It
 * ends the script, which cannot catch it.
 */
public final class NotJudgedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient NotJudgedReason reason;

    public NotJudgedException(NotJudgedReason reason) {
        super(reason.sentence());
        this.reason = reason;
    }

    /** The client lacks what the script asked for. The case is skipped with this reason. */
    public static NotJudgedException unsupported(String what) {
        return new NotJudgedException(new NotJudgedReason.Unsupported(what));
    }

    /** The adapter could not make the call. The case is inconclusive with this reason. */
    public static NotJudgedException trouble(String what) {
        return new NotJudgedException(new NotJudgedReason.AdapterTrouble(what));
    }

    public NotJudgedReason notJudgedReason() {
        return reason;
    }
}
