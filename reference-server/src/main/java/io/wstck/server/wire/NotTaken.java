package io.wstck.server.wire;

/** Why a message is not assembled, and what a close frame says of it (RFC 6455 §7.4). */
public enum NotTaken {
    TOO_LONG(1009, "a message of more than " + FrameReader.MESSAGE_LIMIT + " bytes"),
    /** The server holds as much as it can, of all clients together. */
    NO_MEMORY(1013, "a message for which the server has no memory");

    private final int closeCode;
    private final String description;

    NotTaken(int closeCode, String description) {
        this.closeCode = closeCode;
        this.description = description;
    }

    /** The code that tells the client why. */
    public int closeCode() {
        return closeCode;
    }

    /** For people: what it was that was not taken. */
    public String description() {
        return description;
    }
}
