package io.wstck.server.wire;

/** Tells whether a message is compressed (RFC 7692 §6). */
public enum Compression {
    PLAIN,
    COMPRESSED
}
