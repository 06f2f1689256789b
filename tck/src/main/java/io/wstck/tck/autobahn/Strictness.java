package io.wstck.tck.autobahn;

/** How much a verdict lets pass. */
public enum Strictness {
    /** What the original lets pass as NON-STRICT, or without a close code. */
    ORIGINAL,
    /** What the RFCs recommend, too, or what they leave open and every client has in its hands. */
    STRICT
}
