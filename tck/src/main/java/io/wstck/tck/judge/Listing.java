package io.wstck.tck.judge;

import io.wstck.tck.catalogue.Words;
import java.util.Locale;

/** How a case stands to the list of known deviations. */
public enum Listing {
    /** It is not listed, or nothing was found out about it. */
    UNLISTED,
    /** It is not met as the list says. */
    AS_LISTED,
    /** It is listed, and not met in another way. */
    OTHERWISE,
    /** It is listed, and is met: the list is out of date. */
    OUTDATED;

    /** The word used in events. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The listing with this word.
     *
     * @throws IllegalArgumentException with a sentence, if there is none
     */
    public static Listing of(String word) {
        return Words.find(values(), Listing::word, "a listing", word);
    }
}
