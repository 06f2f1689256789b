package io.wstck.server.wire;

/**
 * A protocol rule that the client has broken.
 *
 * @param detail what came, as a phrase, for example {@code close frame with a 1-byte payload}
 */
public record Violation(Rule rule, String detail) {}
