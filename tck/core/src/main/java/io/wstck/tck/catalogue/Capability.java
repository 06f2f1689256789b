package io.wstck.tck.catalogue;

import io.wstck.server.text.FormatWord;

/** A capability that an implementation may lack. Cases that need it are then skipped. */
public enum Capability implements Need {
    /** The option {@code headers}. */
    HEADERS("headers"),
    /** The option {@code protocols}. */
    SUBPROTOCOLS("subprotocols"),
    /** The options {@code compression} and {@code compression_threshold}. */
    COMPRESSION("compression"),
    /** The options {@code dial_timeout}, {@code read_timeout} and {@code write_timeout}. */
    TIMEOUTS("timeouts"),
    /** The options {@code read_limit} and {@code channel_capacity}. */
    LIMITS("limits"),
    /** {@code wss://}. The client trusts the certificate authority of the kit and no other, except its own. */
    TLS("tls"),
    /** {@code ping()}. */
    PING("ping"),
    /** Several calls can run at the same time on one connection: two sends, or a ping or a close during a send. */
    PARALLEL_CALLS("parallel-calls"),
    /** The client judges connects by a policy that the kit sets. */
    POLICY("policy"),
    /** The error kinds are the client's own, not those of an adapter. */
    ERROR_KINDS("error-kinds"),
    /** The client can be used outside an execution context. */
    CONTEXT("context"),
    /** The constants are the client's own. */
    CONSTANTS("constants"),
    /** The agent runs the script itself. */
    LUA("lua"),
    /** Connections are WebSocket objects of the WHATWG standard, and the agent reports their attributes. */
    WEB("web"),
    /** The client runs in a page, and its handshakes name the origin of that page. */
    PAGE("page");

    private final String word;

    Capability(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /**
     * Returns the capability with this word.
     *
     * @throws IllegalArgumentException with a sentence that lists them all, if there is none
     */
    public static Capability of(String word) {
        return FormatWord.of(Capability.class, "a capability", word);
    }
}
