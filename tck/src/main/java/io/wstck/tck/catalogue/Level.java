package io.wstck.tck.catalogue;

import java.util.Locale;

/** How binding a clause is, strongest first; see the head of {@code clauses.yaml}. */
public enum Level {
    /** Documented. */
    MUST,
    /** An RFC binds the client; {@link Clause#basis} says where. */
    RFC,
    /** A good client does it; a client that does not is warned about. */
    SHOULD,
    /** The documentation is silent: what the client does is observed. */
    MAY;

    /** Whether a client that fails a clause of this level is not conformant. */
    public boolean binding() {
        return this == MUST || this == RFC;
    }

    /** The word used in clause data, events and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The level with this word.
     *
     * @throws IllegalArgumentException with a sentence, if there is none
     */
    public static Level of(String word) {
        return Words.find(values(), Level::word, "a level", word);
    }
}
