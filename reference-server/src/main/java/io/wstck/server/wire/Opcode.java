package io.wstck.server.wire;

/** The opcodes of RFC 6455 §5.2. They are numbers, because a frame may carry any of the sixteen values. */
public final class Opcode {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private Opcode() {}

    /** Whether {@code opcode} has the control bit, reserved ones included (RFC 6455 §5.5). */
    public static boolean isControl(int opcode) {
        return opcode >= 8;
    }

    /** Whether {@code opcode} starts a message: text or binary. */
    public static boolean startsMessage(int opcode) {
        return opcode == TEXT || opcode == BINARY;
    }

    /** Whether the RFC leaves {@code opcode} undefined: 3-7 and 11-15. */
    public static boolean isReserved(int opcode) {
        return (opcode > BINARY && opcode < CLOSE) || opcode > PONG;
    }

    /** The name in transcripts: {@code TEXT}, or {@code opcode 3} for one that the RFC leaves undefined. */
    public static String name(int opcode) {
        return switch (opcode) {
            case CONTINUATION -> "CONTINUATION";
            case TEXT -> "TEXT";
            case BINARY -> "BINARY";
            case CLOSE -> "CLOSE";
            case PING -> "PING";
            case PONG -> "PONG";
            default -> "opcode " + opcode;
        };
    }
}
