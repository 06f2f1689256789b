package io.wstck.tck.judge;

/** What a case says of the implementation. */
public enum Verdict {
    /** The behaviour holds. */
    PASSED,
    /** A binding behaviour does not hold. */
    FAILED,
    /** A binding behaviour does not hold, in the way that the list of known deviations says. */
    KNOWN,
    /** A <em>should</em> does not hold. */
    WARNED,
    /** A <em>may</em>: what the implementation does, for the record. */
    OBSERVED,
    /** Not played, for a visible reason. */
    SKIPPED,
    /** The kit or the machine is to blame, never the implementation. */
    INCONCLUSIVE
}
