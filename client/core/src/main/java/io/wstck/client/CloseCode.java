package io.wstck.client;

/** The close codes that have a name (RFC 6455 §7.4.1 and the IANA registry of WebSocket close codes). */
public enum CloseCode {
    /** The connection has served its purpose. */
    NORMAL(1000),
    /** An endpoint goes away, such as a server that shuts down. */
    GOING_AWAY(1001),
    /** The peer has broken the protocol. */
    PROTOCOL_ERROR(1002),
    /** The type of the message is not supported. */
    UNSUPPORTED_DATA(1003),
    /** Reserved; never sent. */
    RESERVED(1004),
    /** Stands for a close frame without a code; never sent. */
    NO_STATUS(1005),
    /** Stands for an end without a close frame; never sent. */
    ABNORMAL_CLOSURE(1006),
    /** The message does not fit its type, such as text that is not UTF-8. */
    INVALID_PAYLOAD(1007),
    /** The message breaks a rule of the receiver. */
    POLICY_VIOLATION(1008),
    /** The message is too large. */
    MESSAGE_TOO_BIG(1009),
    /** The server did not agree to an extension that the client needs. */
    MANDATORY_EXTENSION(1010),
    /** The server has failed. */
    INTERNAL_ERROR(1011),
    /** The server restarts. */
    SERVICE_RESTART(1012),
    /** The server is overloaded. */
    TRY_AGAIN_LATER(1013),
    /** A gateway got a bad answer. */
    BAD_GATEWAY(1014),
    /** Stands for a failed TLS handshake; never sent. */
    TLS_HANDSHAKE(1015);

    private final int value;

    CloseCode(int value) {
        this.value = value;
    }

    /** {@return the number on the wire} */
    public int value() {
        return value;
    }

    /**
     * {@return whether a close frame may carry the code (RFC 6455 §7.4): 1000-1003, 1007-1014 and 3000-4999} Code 1004
     * is reserved. Codes 1005, 1006 and 1015 are for local use and never sent. Codes 1016-2999 are reserved for the
     * protocol.
     *
     * @param code the code of a close frame
     */
    public static boolean isAllowedInFrame(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }
}
