package io.wstck.tck.catalogue;

import java.util.List;
import java.util.Locale;

/** What a requirement is a part of. A {@link Profile} says which contracts bind a client. */
public enum Contract {
    /** The documented Lua API. */
    API("documented API"),
    /** The RFCs and IANA's registries; in profile <em>web</em> the WHATWG standard as well. */
    PROTOCOL("protocol");

    /** How the source of a clause begins that follows from the text of a standard. */
    private static final List<String> STANDARDS = List.of("RFC ", "IANA", "WHATWG");

    private final String phrase;

    Contract(String phrase) {
        this.phrase = phrase;
    }

    /** The word used in events. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A noun for reports. */
    public String phrase() {
        return phrase;
    }

    /**
     * The contract that a case belongs to. A <em>must</em> is documented, an <em>rfc</em> is a standard's; a <em>should</em> and a
     * <em>may</em> belong to the text that the source of their clause names first.
     */
    public static Contract of(Level level, String source) {
        return switch (level) {
            case MUST -> API;
            case RFC -> PROTOCOL;
            case SHOULD, MAY -> STANDARDS.stream().anyMatch(source::startsWith) ? PROTOCOL : API;
        };
    }

    /**
     * The contract with this word.
     *
     * @throws IllegalArgumentException with a sentence, if there is none
     */
    public static Contract of(String word) {
        return Words.find(values(), Contract::word, "a contract", word);
    }
}
