package io.wstck.tck.prove.relay;

import java.util.Optional;

/**
 * One frame, as it crossed the relay (RFC 6455 §5.2). Nothing is checked: it may be as illegal as it likes. The payload is
 * not copied; whoever changes a frame makes a new one.
 *
 * @param rsv the three reserved bits, 0 to 7; 4 is RSV1
 * @param opcode 0 to 15
 * @param key masking key; absent when the frame is not masked
 * @param lengthForm bits of the payload length that was written: 7, 16 or 64
 * @param payload without its mask
 */
@SuppressWarnings("ArrayRecordComponent") // Frames are not compared, and a copy of megabytes would serve nobody.
public record Frame(boolean fin, int rsv, int opcode, Optional<Integer> key, int lengthForm, byte[] payload) {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final int KEY_OF_MADE_FRAMES = 0x5ea3c917;

    /** A whole unmasked message or control frame, for a client. */
    public static Frame toClient(int opcode, byte[] payload) {
        return new Frame(true, 0, opcode, Optional.empty(), minimalForm(payload.length), payload);
    }

    /** A whole masked message or control frame, for a server. */
    public static Frame toServer(int opcode, byte[] payload) {
        return new Frame(true, 0, opcode, Optional.of(KEY_OF_MADE_FRAMES), minimalForm(payload.length), payload);
    }

    /** As it is written to a socket. */
    public byte[] bytes() {
        return FrameCodec.bytes(this);
    }

    public boolean control() {
        return opcode >= CLOSE;
    }

    /** Whether this is a text, binary or continuation frame. */
    public boolean data() {
        return opcode <= BINARY;
    }

    public boolean is(int wanted) {
        return opcode == wanted;
    }

    public Frame withFin(boolean value) {
        return new Frame(value, rsv, opcode, key, lengthForm, payload);
    }

    public Frame withRsv(int value) {
        return new Frame(fin, value, opcode, key, lengthForm, payload);
    }

    public Frame withOpcode(int value) {
        return new Frame(fin, rsv, value, key, lengthForm, payload);
    }

    public Frame withKey(int value) {
        return new Frame(fin, rsv, opcode, Optional.of(value), lengthForm, payload);
    }

    public Frame unmasked() {
        return new Frame(fin, rsv, opcode, Optional.empty(), lengthForm, payload);
    }

    public Frame withLengthForm(int bits) {
        return new Frame(fin, rsv, opcode, key, bits, payload);
    }

    /** With another payload, in the shortest form. */
    public Frame withPayload(byte[] value) {
        return new Frame(fin, rsv, opcode, key, minimalForm(value.length), value);
    }

    /** The bytes of this frame without its mask bit: the key and the masked payload, of which the last four bytes lie behind the frame. */
    public byte[] maskOverlooked() {
        byte[] bytes = FrameCodec.bytes(this);
        bytes[1] &= 0x7f;
        return bytes;
    }

    /** The shortest form of a payload length. */
    public static int minimalForm(int length) {
        return length < 126 ? 7 : length < 65_536 ? 16 : 64;
    }

    /** The code of a close frame; absent when its payload has none. */
    public Optional<Integer> closeCode() {
        return payload.length < 2 ? Optional.empty() : Optional.of((payload[0] & 0xff) << 8 | (payload[1] & 0xff));
    }

    /** This close frame with another code in front of its reason. */
    public Frame withCloseCode(int code) {
        byte[] changed = payload.length < 2 ? new byte[2] : payload.clone();
        changed[0] = (byte) (code >> 8);
        changed[1] = (byte) code;
        return withPayload(changed);
    }
}
