package io.wstck.client.protocol;

import java.util.Optional;

/** The defined opcodes of frames (RFC 6455 §5.2); all others are reserved. */
public enum Opcode {
    CONTINUATION(0x0),
    TEXT(0x1),
    BINARY(0x2),
    CLOSE(0x8),
    PING(0x9),
    PONG(0xA);

    /** Each call of {@link #values()} makes a copy. */
    private static final Opcode[] ALL = values();

    private final int value;

    Opcode(int value) {
        this.value = value;
    }

    /** Returns the opcode's four bits. */
    public int value() {
        return value;
    }

    /** Returns whether it is a control frame: the top bit of the opcode is set (RFC 6455 §5.5). */
    public boolean isControl() {
        return value >= 0x8;
    }

    /** Returns the opcode of that value, or empty if it is reserved. */
    public static Optional<Opcode> of(int value) {
        for (Opcode opcode : ALL) {
            if (opcode.value == value) {
                return Optional.of(opcode);
            }
        }
        return Optional.empty();
    }
}
