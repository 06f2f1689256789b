package io.wstck.tck.judge;

import io.wstck.server.text.FormatWord;

/** The verdict of a case. */
public enum Verdict implements FormatWord {
    /** The implementation behaves as required. */
    PASSED("PASSED"),
    /** A binding requirement is not met. */
    FAILED("FAILED"),
    /** A binding requirement is not met, as the list of known deviations says. */
    KNOWN("KNOWN"),
    /** A <em>should</em> is not met. */
    WARNED("WARNED"),
    /** A <em>may</em>: the verdict records what the implementation does. */
    OBSERVED("OBSERVED"),
    /** The case was not played. The reason is given. */
    SKIPPED("SKIPPED"),
    /** The kit or the machine is to blame, never the implementation. */
    INCONCLUSIVE("INCONCLUSIVE");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /** Returns the verdict as a word in running text. */
    public String phrase() {
        return switch (this) {
            case PASSED -> "passed";
            case FAILED -> "failed";
            case KNOWN -> "known";
            case WARNED -> "warned";
            case OBSERVED -> "observed";
            case SKIPPED -> "skipped";
            case INCONCLUSIVE -> "inconclusive";
        };
    }

    /**
     * Returns the verdict with this word.
     *
     * @throws IllegalArgumentException with a sentence, if there is none
     */
    public static Verdict of(String word) {
        return FormatWord.of(Verdict.class, "a verdict", word);
    }
}
