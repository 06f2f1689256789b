package io.wstck.tck.catalogue;

import io.wstck.server.text.FormatWord;

/** The documented options of {@code connect}, as needs of cases. */
public enum ConnectOption implements Need {
    HEADERS("headers", Capability.HEADERS),
    PROTOCOLS("protocols", Capability.SUBPROTOCOLS),
    DIAL_TIMEOUT("dial_timeout", Capability.TIMEOUTS),
    READ_TIMEOUT("read_timeout", Capability.TIMEOUTS),
    WRITE_TIMEOUT("write_timeout", Capability.TIMEOUTS),
    COMPRESSION("compression", Capability.COMPRESSION),
    COMPRESSION_THRESHOLD("compression_threshold", Capability.COMPRESSION),
    READ_LIMIT("read_limit", Capability.LIMITS),
    CHANNEL_CAPACITY("channel_capacity", Capability.LIMITS);

    private final String word;
    private final Capability capability;

    ConnectOption(String word, Capability capability) {
        this.word = word;
        this.capability = capability;
    }

    /** Returns the capability that includes this option. */
    public Capability capability() {
        return capability;
    }

    /** Returns the name in scripts. */
    @Override
    public String word() {
        return word;
    }

    /**
     * Returns the option with this name.
     *
     * @throws IllegalArgumentException with a sentence that lists them all, if there is none
     */
    public static ConnectOption of(String word) {
        return FormatWord.of(ConnectOption.class, "an option", word);
    }
}
