package io.wstck.client;

/**
 * How messages are compressed, if the server agrees (RFC 7692). A server that declines is connected to as well, and all messages
 * go plain.
 */
public enum CompressionMode {
    /** {@code permessage-deflate} is not offered (clause options.compression.disabled). */
    DISABLED,
    /** The window slides across messages, unless the server wants none in one direction (clause options.compression.context-takeover). */
    CONTEXT_TAKEOVER,
    /** Every message is compressed on its own, and the server is asked to do likewise (clause options.compression.no-context). */
    NO_CONTEXT
}
