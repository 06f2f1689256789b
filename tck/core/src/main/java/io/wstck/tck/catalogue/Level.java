package io.wstck.tck.catalogue;

import io.wstck.server.text.FormatWord;

/** How binding a clause is, strongest first. The head of {@code clauses.yaml} defines the levels. */
public enum Level implements FormatWord {
    /** The documentation requires it. */
    MUST("must"),
    /** An RFC binds the client; {@link Clause#basis} has the text. */
    RFC("rfc"),
    /** A good client does it. A client that does not gets a warning. */
    SHOULD("should"),
    /** The documentation does not say. The run records what the client does. */
    MAY("may");

    private final String word;

    Level(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /** Returns whether a client that fails a clause of this level is not conformant. */
    public boolean binding() {
        return this == MUST || this == RFC;
    }

    /**
     * Returns the level with this word.
     *
     * @throws IllegalArgumentException with a sentence, if there is none
     */
    public static Level of(String word) {
        return FormatWord.of(Level.class, "a level", word);
    }
}
