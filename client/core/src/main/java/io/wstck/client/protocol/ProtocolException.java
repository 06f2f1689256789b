package io.wstck.client.protocol;

/**
 * The server broke a rule of RFC 6455 or RFC 7692 on an open connection: the connection has to be failed (RFC 6455
 * §7.1.7).
 */
final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Violation violation;

    /**
     * @param violation the rule
     * @param detail what came instead, and where
     */
    ProtocolException(Violation violation, String detail) {
        super(violation.sentence() + ": " + detail + " (" + violation.section() + ")");
        this.violation = violation;
    }

    /** Returns the rule that was broken. */
    Violation violation() {
        return violation;
    }
}
