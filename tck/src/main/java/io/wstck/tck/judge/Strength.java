package io.wstck.tck.judge;

/** What it means that a check is not met. */
public enum Strength {
    /** As much as the level of the case says. */
    CASE,
    /** A warning at most. */
    SHOULD
}
