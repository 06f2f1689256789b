package io.wstck.tck.autobahn;

/** A verdict over the behaviour or over the closing, with the word in the original's reports. */
public enum AutobahnVerdict {
    OK("OK"),
    NON_STRICT("NON-STRICT"),
    INFORMATIONAL("INFORMATIONAL"),
    /** An extension that the case needs was not negotiated. */
    UNIMPLEMENTED("UNIMPLEMENTED"),
    FAILED("FAILED"),
    /** For closing only: the peer's close code is not permitted. */
    WRONG_CODE("WRONG CODE"),
    /** For closing only: a required closing handshake is missing. */
    UNCLEAN("UNCLEAN"),
    /** For closing only: the kit had to end TCP. Never given to clients. */
    FAILED_BY_CLIENT("FAILED BY CLIENT");

    private final String label;

    AutobahnVerdict(String label) {
        this.label = label;
    }

    /** The word in reports. */
    public String label() {
        return label;
    }

    /** Whether a run with this verdict passes: OK, NON-STRICT, INFORMATIONAL. */
    public boolean passes() {
        return this == OK || this == NON_STRICT || this == INFORMATIONAL;
    }
}
