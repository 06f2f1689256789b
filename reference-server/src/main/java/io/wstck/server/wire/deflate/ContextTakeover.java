package io.wstck.server.wire.deflate;

/** Whether the window slides across messages (RFC 7692 §7.1.1). */
public enum ContextTakeover {
    SLIDING,
    NONE
}
