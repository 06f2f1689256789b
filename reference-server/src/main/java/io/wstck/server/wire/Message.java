package io.wstck.server.wire;

/**
 * A complete data message of the client, as the frame reader has joined it.
 *
 * @param content the content, inflated if it was compressed
 * @param fragments the number of frames that carried it, at least 1
 */
public record Message(MessageType type, Bytes content, int fragments, MessageCoding coding) {}
