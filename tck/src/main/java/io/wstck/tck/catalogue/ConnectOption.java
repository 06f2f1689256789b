package io.wstck.tck.catalogue;

import java.util.Locale;

/** The documented options of {@code connect}. */
public enum ConnectOption implements Need {
    HEADERS(Capability.HEADERS),
    PROTOCOLS(Capability.SUBPROTOCOLS),
    DIAL_TIMEOUT(Capability.TIMEOUTS),
    READ_TIMEOUT(Capability.TIMEOUTS),
    WRITE_TIMEOUT(Capability.TIMEOUTS),
    COMPRESSION(Capability.COMPRESSION),
    COMPRESSION_THRESHOLD(Capability.COMPRESSION),
    READ_LIMIT(Capability.LIMITS),
    CHANNEL_CAPACITY(Capability.LIMITS);

    private final Capability capability;

    ConnectOption(Capability capability) {
        this.capability = capability;
    }

    /** The capability that promises this option. */
    public Capability capability() {
        return capability;
    }

    /** The name that scripts give it. */
    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The option with this name.
     *
     * @throws IllegalArgumentException with a sentence that lists them all, if there is none
     */
    public static ConnectOption of(String word) {
        return Words.find(values(), ConnectOption::word, "an option", word);
    }
}
