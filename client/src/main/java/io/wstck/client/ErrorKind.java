package io.wstck.client;

/** What sort of failure a {@link WebSocketException} is. */
public enum ErrorKind {
    /** An argument is not valid; nothing was sent. */
    INVALID,
    /** The policy denies it; nothing was sent and no connection was made. */
    PERMISSION_DENIED,
    /** The connection could not be made, was lost, or is closed. */
    INTERNAL
}
