package io.wstck.tck.catalogue;

import java.util.Locale;

/** Which contracts bind the client that a run judges. */
public enum Profile {
    /** The documented API and the protocol, for clients with the documented Lua API. */
    API,
    /** The protocol alone, for clients with an API of their own. */
    PROTOCOL,
    /** The protocol as the WHATWG standard changes it, for browsers. */
    WEB;

    /** The word used on the command line, in events and in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a client that breaks this contract is not conformant. */
    public boolean binds(Contract contract) {
        return this == API || contract == Contract.PROTOCOL;
    }

    /** How binding a requirement is in this profile: what does not bind is a <em>should</em> at most. */
    public Level effective(Level level, Contract contract) {
        return level.binding() && !binds(contract) ? Level.SHOULD : level;
    }

    /** Whether the cases of a clause are played; those of a clause of another profile are not selected. */
    public boolean plays(Clause clause) {
        return clause.profile().isEmpty() || clause.profile().get() == this;
    }

    /**
     * The profile with this word.
     *
     * @throws IllegalArgumentException with a sentence, if there is none
     */
    public static Profile of(String word) {
        return Words.find(values(), Profile::word, "a profile", word);
    }
}
