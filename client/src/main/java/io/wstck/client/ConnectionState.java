package io.wstck.client;

/** Where a connection stands in the closing handshake (RFC 6455 §7.1). */
public enum ConnectionState {
    /** Messages travel both ways. */
    OPEN,
    /** This side has begun to close: nothing more is sent or delivered, and the peer's close frame is awaited. */
    CLOSE_SENT,
    /** The peer's close frame has come, and ours is sent or on its way; the peer has to end TCP. */
    CLOSE_EXCHANGED,
    /** TCP has ended. */
    CLOSED
}
