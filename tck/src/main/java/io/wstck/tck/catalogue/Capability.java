package io.wstck.tck.catalogue;

import java.util.Locale;

/** What an implementation may be unable to do; a case that needs it is then skipped. */
public enum Capability implements Need {
    /** The option {@code headers}. */
    HEADERS,
    /** The option {@code protocols}. */
    SUBPROTOCOLS,
    /** The options {@code compression} and {@code compression_threshold}. */
    COMPRESSION,
    /** The options {@code dial_timeout}, {@code read_timeout} and {@code write_timeout}. */
    TIMEOUTS,
    /** The options {@code read_limit} and {@code channel_capacity}. */
    LIMITS,
    /** {@code wss://}, with the authority that the kit names as the only one beside its own. */
    TLS,
    /** {@code ping()}. */
    PING,
    /** Several calls can be under way on one connection: two sends, a ping or a close beside a send. */
    PARALLEL_CALLS,
    /** Connects are judged by a policy that the kit sets. */
    POLICY,
    /** Its error kinds are its own, not those of an adapter. */
    ERROR_KINDS,
    /** It can be outside an execution context. */
    CONTEXT,
    /** Its constants are its own. */
    CONSTANTS,
    /** It runs the script itself. */
    LUA,
    /** Its connections are WebSocket objects of the WHATWG standard, whose attributes it tells. */
    WEB,
    /** It runs in a page, whose origin its handshakes name. */
    PAGE;

    /** The word used in case files, by agents and in reports. */
    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The capability with this word.
     *
     * @throws IllegalArgumentException with a sentence that lists them all, if there is none
     */
    public static Capability of(String word) {
        return Words.find(values(), Capability::word, "a capability", word);
    }
}
