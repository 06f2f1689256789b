package io.wstck.client;

/** The states of a connection in the closing handshake (RFC 6455 §7.1). */
public enum ConnectionState {
    /** Messages travel both ways. */
    OPEN,
    /** This side has begun to close. It sends and delivers no more messages, and waits for the peer's close frame. */
    CLOSE_SENT,
    /** The peer's close frame has arrived, and this side's is sent or due. The peer has to end TCP. */
    CLOSE_EXCHANGED,
    /** TCP has ended. */
    CLOSED
}
