package io.wstck.tck.prove.relay;

import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.FrameHeader.Fin;
import io.wstck.server.wire.Opcode;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One frame that crosses the relay (RFC 6455 §5.2). The record does not validate the frame and does not copy the
 * payload. Callers must not change the payload array.
 *
 * @param header has the length of the payload
 * @param payload the payload after unmasking
 */
@SuppressWarnings("ArrayRecordComponent") // Frames are never compared, and a copy of a large payload is expensive.
public record RelayedFrame(FrameHeader header, byte[] payload) {
    public static final int CONTINUATION = Opcode.CONTINUATION;
    public static final int TEXT = Opcode.TEXT;
    public static final int BINARY = Opcode.BINARY;
    public static final int CLOSE = Opcode.CLOSE;
    public static final int PING = Opcode.PING;
    public static final int PONG = Opcode.PONG;

    private static final int FIXED_KEY = 0x5ea3c917;

    /** A complete unmasked message or control frame for a client. */
    public static RelayedFrame toClient(int opcode, byte[] payload) {
        return new RelayedFrame(FrameHeader.of(Fin.LAST, opcode, payload.length), payload);
    }

    /** A complete masked message or control frame for a server. */
    public static RelayedFrame toServer(int opcode, byte[] payload) {
        return toClient(opcode, payload).withKey(FIXED_KEY);
    }

    public boolean fin() {
        return header.fin();
    }

    /** The three reserved bits, 0 to 7. RSV1 is 4. */
    public int rsv() {
        return header.rsv();
    }

    /** The opcode, 0 to 15. */
    public int opcode() {
        return header.opcode();
    }

    /** The masking key, or empty if the frame is not masked. */
    public OptionalInt key() {
        return header.mask();
    }

    /** The encoded frame. */
    public byte[] bytes() {
        return header.encode(payload);
    }

    public boolean isControl() {
        return opcode() >= CLOSE;
    }

    /** Whether this is a text, binary or continuation frame. */
    public boolean isData() {
        return opcode() <= BINARY;
    }

    public boolean is(int wanted) {
        return opcode() == wanted;
    }

    public RelayedFrame withFin(boolean value) {
        return withHeader(value, rsv(), opcode(), key(), header.lengthForm());
    }

    public RelayedFrame withRsv(int value) {
        return new RelayedFrame(header.withRsv(value), payload);
    }

    public RelayedFrame withOpcode(int value) {
        return withHeader(fin(), rsv(), value, key(), header.lengthForm());
    }

    public RelayedFrame withKey(int value) {
        return withHeader(fin(), rsv(), opcode(), OptionalInt.of(value), header.lengthForm());
    }

    public RelayedFrame unmasked() {
        return withHeader(fin(), rsv(), opcode(), OptionalInt.empty(), header.lengthForm());
    }

    public RelayedFrame withLengthForm(int bits) {
        return withHeader(fin(), rsv(), opcode(), key(), bits);
    }

    /** The same frame with another payload and the shortest form of its length. */
    public RelayedFrame withPayload(byte[] value) {
        int form = FrameHeader.minimalForm(value.length);
        return new RelayedFrame(new FrameHeader(fin(), rsv(), opcode(), key(), value.length, form), value);
    }

    /**
     * The bytes that a receiver sees if it ignores the mask bit. The key counts as payload, so the last four bytes
     * belong to no frame.
     */
    public byte[] bytesIgnoringMask() {
        byte[] bytes = bytes();
        bytes[1] &= 0x7f;
        return bytes;
    }

    private RelayedFrame withHeader(boolean fin, int rsv, int opcode, OptionalInt key, int lengthForm) {
        return new RelayedFrame(new FrameHeader(fin, rsv, opcode, key, payload.length, lengthForm), payload);
    }

    /** The code of a close frame, or empty if the payload has fewer than two bytes. */
    public Optional<Integer> closeCode() {
        return payload.length < 2 ? Optional.empty() : Optional.of((payload[0] & 0xff) << 8 | (payload[1] & 0xff));
    }

    /** The same close frame with another code before its reason. */
    public RelayedFrame withCloseCode(int code) {
        byte[] changed = payload.length < 2 ? new byte[2] : payload.clone();
        changed[0] = (byte) (code >> 8);
        changed[1] = (byte) code;
        return withPayload(changed);
    }
}
