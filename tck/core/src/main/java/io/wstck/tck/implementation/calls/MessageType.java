package io.wstck.tck.implementation.calls;

/** The types of messages. */
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

    /** The number in {@code websocket.TEXT} and {@code websocket.BINARY}: 1 or 2. */
    public int number() {
        return number;
    }

    /** The value of {@code msg.type} for a received message. */
    public String word() {
        return word;
    }
}
