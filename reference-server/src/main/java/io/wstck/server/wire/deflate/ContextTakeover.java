package io.wstck.server.wire.deflate;

/** Tells whether the LZ77 window slides across messages (RFC 7692 §7.1.1). */
public enum ContextTakeover {
    SLIDING,
    NONE
}
