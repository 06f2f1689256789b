package io.wstck.server.wire;

/** The reason why the server discards a message, with the close code for it (RFC 6455 §7.4). */
public enum DiscardReason {
    TOO_LONG(1009, "a message of more than " + FrameReader.MESSAGE_LIMIT + " bytes"),
    /** The memory budget of the server, shared by all clients, is used up. */
    NO_MEMORY(1013, "a message for which the server has no memory");

    private final int closeCode;
    private final String description;

    DiscardReason(int closeCode, String description) {
        this.closeCode = closeCode;
        this.description = description;
    }

    /** The close code that tells the client the reason. */
    public int closeCode() {
        return closeCode;
    }

    /** A description of the discarded message, for messages. */
    public String description() {
        return description;
    }
}
