package io.wstck.tck.judge;

import io.wstck.server.text.FormatWord;

/** Tells how the result of a case compares with the list of known deviations. */
public enum KnownStatus implements FormatWord {
    /** The case is not listed, or it has no verdict about the implementation. */
    UNLISTED("unlisted"),
    /** The case failed as the list says. */
    AS_LISTED("as-listed"),
    /** The case is listed, but failed in another way. */
    OTHERWISE("otherwise"),
    /** The case is listed, but did not fail: the list is out of date. */
    OUTDATED("outdated");

    private final String word;

    KnownStatus(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /**
     * Returns the status with this word.
     *
     * @throws IllegalArgumentException with a sentence, if there is none
     */
    public static KnownStatus of(String word) {
        return FormatWord.of(KnownStatus.class, "a listing", word);
    }
}
