package io.wstck.tck.judge;

import io.wstck.server.text.FormatWord;

/** The observer that made a check. */
public enum Witness implements FormatWord {
    /** The script, in the implementation under test. */
    SCRIPT("script"),
    /** The wire checks of the case, which read the journal. */
    WIRE("wire"),
    /** The reference server, by a step of its scenario or by a violation that it noted. */
    SERVER("server");

    private final String word;

    Witness(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
