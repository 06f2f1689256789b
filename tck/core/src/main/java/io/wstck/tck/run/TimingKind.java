package io.wstck.tck.run;

import io.wstck.server.text.FormatWord;

/** Whether the course of a case depends on a clock. */
public enum TimingKind implements FormatWord {
    /** The case waits for events only. */
    EVENTS("EVENTS"),
    /** The case waits for a clock, so every check may depend on the speed of the machine. */
    CLOCK("CLOCK");

    private final String word;

    TimingKind(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
