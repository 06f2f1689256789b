package io.wstck.tck.judge;

import io.wstck.server.text.FormatWord;

/** Tells which verdict an unmet check can cause. */
public enum Strength implements FormatWord {
    /** The case fails whatever its level, because no clause makes it optional. */
    ANY_LEVEL("ANY_LEVEL"),
    /** The level of the case decides. */
    CASE("CASE"),
    /** A warning at most. */
    SHOULD("SHOULD");

    private final String word;

    Strength(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /**
     * Reads the strength that the Lua checks report ({@code prelude/checks.lua}): {@code should}, or anything else for
     * a check of the case.
     */
    public static Strength ofWitness(String word) {
        return word.equals("should") ? SHOULD : CASE;
    }
}
