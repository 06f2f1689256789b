package io.wstck.tck.judge;

/** Who saw what a check is about. */
public enum Witness {
    /** The script, in the implementation under test. */
    SCRIPT,
    /** The journal, read by the case's wire checks. */
    WIRE,
    /** The reference server, by a step of its scenario or a violation that it noted. */
    SERVER
}
