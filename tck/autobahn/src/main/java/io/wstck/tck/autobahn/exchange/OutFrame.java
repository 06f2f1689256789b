package io.wstck.tck.autobahn.exchange;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.FrameHeader.Fin;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.Opcode;

/**
 * A frame that the kit sends, legal or not.
 *
 * @param masking whether the frame has a masking key when the kit is a client; a server's frames never have one
 */
public record OutFrame(FrameHeader header, Bytes payload, ClientMask masking) {
    private static final int NORMAL_CLOSURE = 1000;

    /** The masking of a client's frame (RFC 6455 §5.3). */
    public enum ClientMask {
        /** A new key that cannot be predicted. */
        NEW_KEY,
        /** The key 0, which leaves the payload as it is. */
        ZERO_KEY,
        /** None, which no client may send (§5.1). */
        NONE
    }

    /** A frame with that opcode, 0 to 15, and the shortest form of its length. */
    public static OutFrame of(Fin fin, int opcode, Bytes payload) {
        return new OutFrame(FrameHeader.of(fin, opcode, payload.length()), payload, ClientMask.NEW_KEY);
    }

    /** A whole message in one frame. */
    public static OutFrame message(MessageType type, Bytes payload) {
        return of(Fin.LAST, type.opcode(), payload);
    }

    /** A text message in one frame. */
    public static OutFrame text(String text) {
        return message(MessageType.TEXT, Bytes.utf8(text));
    }

    /** A ping. */
    public static OutFrame ping(Bytes payload) {
        return of(Fin.LAST, Opcode.PING, payload);
    }

    /** A close frame. */
    public static OutFrame close(CloseStatus status) {
        return of(Fin.LAST, Opcode.CLOSE, status.payload());
    }

    /** A close frame with the code 1000 and no reason. */
    public static OutFrame normalClose() {
        return close(CloseStatus.of(NORMAL_CLOSURE, ""));
    }

    /** The same frame with these reserved bits, 0 to 7; 4 is RSV1. */
    public OutFrame withRsv(int bits) {
        return new OutFrame(header.withRsv(bits), payload, masking);
    }

    /** The same frame with another masking. */
    public OutFrame masked(ClientMask mask) {
        return new OutFrame(header, payload, mask);
    }
}
