package io.wstck.server.connection;

/** The result of writing bytes through a {@link ServerConnection}. */
public enum WriteResult {
    /** TCP or the queue has all bytes. */
    DONE,
    /** TCP accepted nothing for the allowed time. Some bytes may be on the wire. */
    STALLED,
    /** The deadline passed first. Some bytes may be on the wire. */
    LATE,
    /** Nothing more can be written: the client is gone, or the server has ended its side. */
    CLIENT_GONE
}
