package io.wstck.tck.autobahn;

/** The two verdicts of a case, as reports of the original have them. */
public enum Behavior {
    OK("OK"),
    NON_STRICT("NON-STRICT"),
    INFORMATIONAL("INFORMATIONAL"),
    /** An extension that the case needs was not negotiated. */
    UNIMPLEMENTED("UNIMPLEMENTED"),
    FAILED("FAILED"),
    /** Only of closing: the client's close code is none of those that are right. */
    WRONG_CODE("WRONG CODE"),
    /** Only of closing: there was no closing handshake where one had to be. */
    UNCLEAN("UNCLEAN"),
    /** Only of closing; never given to clients, there for reports of servers. */
    FAILED_BY_CLIENT("FAILED BY CLIENT");

    private final String label;

    Behavior(String label) {
        this.label = label;
    }

    /** The word in reports. */
    public String label() {
        return label;
    }

    /** Whether a run with it is fine: OK, NON-STRICT, INFORMATIONAL. */
    public boolean passes() {
        return this == OK || this == NON_STRICT || this == INFORMATIONAL;
    }
}
