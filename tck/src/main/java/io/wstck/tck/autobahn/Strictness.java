package io.wstck.tck.autobahn;

/** How much a verdict lets pass. */
public enum Strictness {
    /** What the original lets pass as NON-STRICT or INFORMATIONAL, or without a close code. */
    ORIGINAL,
    /** None of that: it is FAILED. */
    STRICT
}
