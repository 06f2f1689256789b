package io.wstck.tck.autobahn;

import java.util.List;

/**
 * The rules for the verdict of a case.
 *
 * @param permitted the permitted outcomes, tried in this order; any other outcome is FAILED
 * @param close the required end of the connection
 * @param subject the subject of the case, which decides whether a wrong end is also a wrong behaviour
 * @param proof the number of actions at the beginning of the exchange that prove the connection alive
 */
public record VerdictRules(List<PermittedOutcome> permitted, CloseRule close, Subject subject, int proof) {
    public VerdictRules {
        permitted = List.copyOf(permitted);
    }

    /** The subject of a case. */
    public enum Subject {
        /** Messages: the two verdicts are independent. */
        MESSAGES,
        /** A connection that the peer must fail: otherwise the behaviour is FAILED. */
        FAILING,
        /** Closing: a wrong code is also a wrong behaviour. */
        CLOSING,
        /** Compression: without compression the case is UNIMPLEMENTED. */
        COMPRESSION,
        /** Like {@link #COMPRESSION}; in every mode the answer to the offer must have what the offer demands. */
        NEGOTIATION,
        /** A behaviour that the RFC leaves open: INFORMATIONAL. */
        OPEN
    }
}
