package io.wstck.client.protocol;

/** The server broke a rule of RFC 6455 or RFC 7692 on an open connection: the connection has to be failed (RFC 6455 §7.1.7). */
public final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Violation violation;

    /**
     * @param violation the rule
     * @param came what came instead, and where
     */
    public ProtocolException(Violation violation, String came) {
        super(violation.sentence() + ": " + came + " (" + violation.section() + ")");
        this.violation = violation;
    }

    /** Returns the rule that was broken. */
    public Violation violation() {
        return violation;
    }
}
