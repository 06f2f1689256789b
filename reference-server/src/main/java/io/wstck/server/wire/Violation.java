package io.wstck.server.wire;

/**
 * One breach of a rule by the client.
 *
 * @param detail what came, in a sentence's part: {@code close frame with a 1-byte payload}
 */
public record Violation(Rule rule, String detail) {}
