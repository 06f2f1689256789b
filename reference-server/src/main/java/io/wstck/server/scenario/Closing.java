package io.wstck.server.scenario;

/** How far the closing handshake has come (RFC 6455 §7.1). */
enum Closing {
    OPEN,
    SENT,
    RECEIVED,
    BOTH;

    /** After the server's close frame. */
    Closing afterSending() {
        return switch (this) {
            case OPEN, SENT -> SENT;
            case RECEIVED, BOTH -> BOTH;
        };
    }

    /** After the client's. */
    Closing afterReceiving() {
        return switch (this) {
            case OPEN, RECEIVED -> RECEIVED;
            case SENT, BOTH -> BOTH;
        };
    }
}
