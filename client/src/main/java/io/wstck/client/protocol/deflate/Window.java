package io.wstck.client.protocol.deflate;

/** What becomes of the LZ77 window between the messages of one direction (RFC 7692 §7.1.1). */
public enum Window {
    /** It slides on: a message may refer to those before it. */
    SLIDING,
    /** It begins empty: every message inflates on its own. */
    RESET
}
