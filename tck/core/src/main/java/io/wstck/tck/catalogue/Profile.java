package io.wstck.tck.catalogue;

import io.wstck.server.text.FormatWord;

/** The set of contracts that are binding for the client in a run. */
public enum Profile implements FormatWord {
    /** The documented API and the protocol, for clients with the documented Lua API. */
    API("api"),
    /** Only the protocol, for clients with an API of their own. */
    PROTOCOL("protocol"),
    /** The protocol with the changes of the WHATWG standard, for browsers. */
    WEB("web");

    private final String word;

    Profile(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /** Returns whether a client that breaks this contract is not conformant. */
    public boolean binds(Contract contract) {
        return this == API || contract == Contract.PROTOCOL;
    }

    /**
     * Returns how binding a requirement is in this profile. A requirement of a contract that is not binding is at most
     * a <em>should</em>.
     */
    public Level effectiveLevel(Level level, Contract contract) {
        return level.binding() && !binds(contract) ? Level.SHOULD : level;
    }

    /** Returns whether this profile plays the cases of a clause. Clauses of another profile are left out. */
    public boolean plays(Clause clause) {
        return clause.profile().isEmpty() || clause.profile().get() == this;
    }

    /**
     * Returns the profile with this word.
     *
     * @throws IllegalArgumentException with a sentence, if there is none
     */
    public static Profile of(String word) {
        return FormatWord.of(Profile.class, "a profile", word);
    }
}
