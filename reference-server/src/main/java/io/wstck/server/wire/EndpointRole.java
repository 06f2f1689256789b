package io.wstck.server.wire;

/** The two roles of a WebSocket connection (RFC 6455 §1.2). */
public enum EndpointRole {
    /** Opens the connection and masks its frames (RFC 6455 §5.3). */
    CLIENT("client"),
    /** Answers the opening handshake, sends unmasked frames, and ends TCP first (RFC 6455 §5.1, §7.1.1). */
    SERVER("server");

    private final String word;

    EndpointRole(String word) {
        this.word = word;
    }

    /** The noun in messages: {@code client}. */
    public String word() {
        return word;
    }

    /** The role of the other side. */
    public EndpointRole other() {
        return this == CLIENT ? SERVER : CLIENT;
    }
}
