package io.wstck.tck.catalogue;

import io.wstck.server.text.FormatWord;
import java.util.List;

/**
 * The two sets of requirements: the documented API, and the protocol. Each case belongs to one. A {@link Profile}
 * decides which contracts are binding.
 */
public enum Contract implements FormatWord {
    /** The documented Lua API. */
    API("api", "documented API"),
    /** The RFCs and IANA's registries, and in profile <em>web</em> the WHATWG standard. */
    PROTOCOL("protocol", "protocol");

    /** The first words of a clause's source if the clause follows from a standard. */
    private static final List<String> STANDARDS = List.of("RFC ", "IANA", "WHATWG");

    private final String word;
    private final String phrase;

    Contract(String word, String phrase) {
        this.word = word;
        this.phrase = phrase;
    }

    /** Returns the word in events. */
    @Override
    public String word() {
        return word;
    }

    /** Returns a noun for reports. */
    public String phrase() {
        return phrase;
    }

    /**
     * Returns the contract of a case. A <em>must</em> belongs to the API, an <em>rfc</em> to the protocol. A
     * <em>should</em> or <em>may</em> belongs to the text that the source of its clause names first.
     */
    public static Contract of(Level level, String source) {
        return switch (level) {
            case MUST -> API;
            case RFC -> PROTOCOL;
            case SHOULD, MAY -> STANDARDS.stream().anyMatch(source::startsWith) ? PROTOCOL : API;
        };
    }

    /**
     * Returns the contract with this word.
     *
     * @throws IllegalArgumentException with a sentence, if there is none
     */
    public static Contract of(String word) {
        return FormatWord.of(Contract.class, "a contract", word);
    }
}
