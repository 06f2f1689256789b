package io.wstck.client.protocol;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A frame to be written (RFC 6455 §5.2).
 *
 * @param firstByte FIN, reserved bits and opcode
 * @param payload backed by an array that does not change until the frame is written
 */
public record Frame(int firstByte, ByteBuffer payload) {
    static final int FIN = 0x80;
    static final int RSV1 = 0x40;

    public Frame {
        Objects.requireNonNull(payload, "payload");
    }

    /** Returns a control frame, or a message that is sent as it is in one frame. */
    public static Frame whole(Opcode opcode, byte[] payload) {
        return new Frame(FIN | opcode.value(), ByteBuffer.wrap(payload));
    }
}
