package io.wstck.server.wire;

/**
 * A whole data message.
 *
 * @param content inflated
 * @param fragments how many frames carried it, at least 1
 */
public record Message(MessageType type, Bytes content, int fragments, Coding coding) {}
