package io.wstck.tck.autobahn;

/** The mode of judging: which outcomes pass. */
public enum Strictness {
    /** Passes the outcomes that the original passes, also NON-STRICT ones and ends without a close code. */
    ORIGINAL,
    /** Also demands what the RFCs recommend, or leave open although every peer can do it. */
    STRICT
}
