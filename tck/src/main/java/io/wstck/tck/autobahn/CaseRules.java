package io.wstck.tck.autobahn;

import java.util.List;

/**
 * What makes the verdict of a case.
 *
 * @param permitted in the order in which they are tried; what comes and is none of them is FAILED
 * @param close how the connection has to end
 * @param subject what a wrong end says of the behaviour
 * @param proof how many acts of the exchange prove that the client is alive, before what the case is about is sent
 */
public record CaseRules(List<Permitted> permitted, CloseRule close, Subject subject, int proof) {
    public CaseRules {
        permitted = List.copyOf(permitted);
    }

    /** What a case is about. */
    public enum Subject {
        /** Messages: the two verdicts are apart. */
        MESSAGES,
        /** A connection that has to be failed: whoever does not, FAILED. */
        FAILING,
        /** Closing: a wrong code is a wrong behaviour, too. */
        CLOSING,
        /** Compression: without it the case is UNIMPLEMENTED. */
        COMPRESSION,
        /** Something that the RFC leaves open: INFORMATIONAL. */
        OPEN
    }
}
