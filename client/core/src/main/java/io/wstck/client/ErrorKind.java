package io.wstck.client;

/** The kinds of failure that a {@link WebSocketException} reports. */
public enum ErrorKind {
    /** An argument is not valid; nothing was sent. */
    INVALID,
    /** The policy denies the operation; nothing was sent and no connection was made. */
    PERMISSION_DENIED,
    /** The connection could not be made, was lost, or is closed. */
    INTERNAL
}
