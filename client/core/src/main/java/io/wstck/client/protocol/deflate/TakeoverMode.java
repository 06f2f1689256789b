package io.wstck.client.protocol.deflate;

/** Selects whether the LZ77 window is kept between the messages of one direction (RFC 7692 §7.1.1). */
public enum TakeoverMode {
    /** The window is kept: a message may refer to earlier messages. */
    SLIDING,
    /** The window is reset: each message inflates on its own. */
    RESET
}
