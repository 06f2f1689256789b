package io.wstck.tck.implementation.calls;

/** The two types of messages. */
public enum MessageType {
    /** UTF-8, {@code websocket.TEXT}. */
    TEXT(1, "text"),
    /** {@code websocket.BINARY}. */
    BINARY(2, "binary");

    private final int number;
    private final String word;

    MessageType(int number, String word) {
        this.number = number;
        this.word = word;
    }

    /** The constant that scripts send with: 1 or 2. */
    public int number() {
        return number;
    }

    /** What {@code msg.type} is of a message that was received. */
    public String word() {
        return word;
    }
}
