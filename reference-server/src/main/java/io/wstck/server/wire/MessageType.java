package io.wstck.server.wire;

import java.util.Locale;

/** The two kinds of data message (RFC 6455 §5.6). */
public enum MessageType {
    TEXT(Opcode.TEXT),
    BINARY(Opcode.BINARY);

    private final int opcode;

    MessageType(int opcode) {
        this.opcode = opcode;
    }

    /** The opcode of the first frame. */
    public int opcode() {
        return opcode;
    }

    /** The name in scenarios and journals. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MessageType ofOpcode(int opcode) {
        return opcode == Opcode.TEXT ? TEXT : BINARY;
    }
}
