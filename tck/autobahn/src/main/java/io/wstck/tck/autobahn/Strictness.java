package io.wstck.tck.autobahn;

/** The mode of judging: which outcomes pass. */
public enum Strictness {
    /** Passes the outcomes that the original passes, also NON-STRICT ones and ends without a close code. */
    ORIGINAL,
    /** Also demands what an RFC recommends. It demands only what a text demands or recommends. */
    STRICT
}
