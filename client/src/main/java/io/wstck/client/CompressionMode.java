package io.wstck.client;

/**
 * How messages are compressed (RFC 7692). Compression is not negotiated yet: every mode is accepted, none is offered to the
 * server, and all messages go plain.
 */
public enum CompressionMode {
    /** No compression is offered. */
    DISABLED,
    /** The compression window slides across messages. */
    CONTEXT_TAKEOVER,
    /** Every message is compressed on its own. */
    NO_CONTEXT
}
