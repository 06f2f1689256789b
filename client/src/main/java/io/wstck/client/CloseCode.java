package io.wstck.client;

/** The close codes that have a name (RFC 6455 §7.4.1 and the IANA registry of WebSocket close codes). */
public enum CloseCode {
    NORMAL(1000),
    GOING_AWAY(1001),
    PROTOCOL_ERROR(1002),
    UNSUPPORTED_DATA(1003),
    RESERVED(1004),
    NO_STATUS(1005),
    ABNORMAL_CLOSURE(1006),
    INVALID_PAYLOAD(1007),
    POLICY_VIOLATION(1008),
    MESSAGE_TOO_BIG(1009),
    MANDATORY_EXTENSION(1010),
    INTERNAL_ERROR(1011),
    SERVICE_RESTART(1012),
    TRY_AGAIN_LATER(1013),
    BAD_GATEWAY(1014),
    TLS_HANDSHAKE(1015);

    private final int value;

    CloseCode(int value) {
        this.value = value;
    }

    /** Returns the number on the wire. */
    public int value() {
        return value;
    }

    /**
     * Returns whether a close frame may carry the code (RFC 6455 §7.4): 1000-1003, 1007-1014 and 3000-4999. 1004 is reserved,
     * 1005, 1006 and 1015 stand for what never is in a frame, 1016-2999 belong to the protocol and are undefined.
     */
    public static boolean isAllowedInFrame(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }
}
