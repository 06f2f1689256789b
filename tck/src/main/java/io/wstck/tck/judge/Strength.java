package io.wstck.tck.judge;

/** What it means that a check is not met. */
public enum Strength {
    /** The case has failed, whatever its level: no clause leaves a client the choice. */
    ANY_LEVEL,
    /** As much as the level of the case says. */
    CASE,
    /** A warning at most. */
    SHOULD
}
