package io.wstck.server.wire;

import io.wstck.server.text.FormatWord;

/** The two kinds of data message (RFC 6455 §5.6). */
public enum MessageType implements FormatWord {
    TEXT("text", Opcode.TEXT),
    BINARY("binary", Opcode.BINARY);

    private final String word;
    private final int opcode;

    MessageType(String word, int opcode) {
        this.word = word;
        this.opcode = opcode;
    }

    /** The opcode of the first frame. */
    public int opcode() {
        return opcode;
    }

    /** The word in scenarios and journals. */
    @Override
    public String word() {
        return word;
    }

    static MessageType ofOpcode(int opcode) {
        return opcode == Opcode.TEXT ? TEXT : BINARY;
    }
}
