package io.wstck.client.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wstck.client.CloseCode;
import io.wstck.client.CloseStatus;
import io.wstck.client.WebSocketException;
import java.nio.ByteBuffer;

/**
 * Decodes the payload of a received close frame, and checks and encodes that of a sent one: nothing, or a code and a
 * reason (RFC 6455 §5.5.1).
 */
public final class ClosePayload {
    /** The longest reason in bytes: a control frame holds 125, two of them are the code (RFC 6455 §5.5). */
    private static final int MAX_REASON = 123;

    private ClosePayload() {}

    /**
     * Decodes a server's payload.
     *
     * @throws ProtocolException if it has one byte, a code that must not be in a frame, or a reason that is not UTF-8
     */
    static CloseStatus decode(ByteBuffer payload) throws ProtocolException {
        if (!payload.hasRemaining()) {
            return CloseStatus.NONE;
        }
        // §5.5.1: If there is a body, the first two bytes of the body MUST be a 2-byte unsigned integer.
        if (payload.remaining() == 1) {
            throw new ProtocolException(Violation.CLOSE_PAYLOAD_TOO_SHORT, "1 byte");
        }
        int code = payload.getShort() & 0xFFFF;
        if (!CloseCode.isAllowedInFrame(code)) {
            throw new ProtocolException(Violation.CLOSE_CODE, String.valueOf(code));
        }
        byte[] reason = new byte[payload.remaining()];
        payload.get(reason);
        if (!Utf8Validator.isValid(reason)) {
            throw new ProtocolException(Violation.CLOSE_REASON_NOT_UTF8, reason.length + " bytes after code " + code);
        }
        return new CloseStatus(code, new String(reason, UTF_8));
    }

    /**
     * Encodes a payload; {@link CloseStatus#NONE} becomes the empty payload (RFC 6455 §7.1.5). The status must be
     * checked.
     */
    static byte[] encode(CloseStatus status) {
        if (status.equals(CloseStatus.NONE)) {
            return new byte[0];
        }
        byte[] reason = status.reason().getBytes(UTF_8);
        return ByteBuffer.allocate(2 + reason.length)
                .putShort((short) status.code())
                .put(reason)
                .array();
    }

    /**
     * Checks the code and the reason of a caller, and returns them as a status.
     *
     * @throws WebSocketException INVALID if a close frame may not carry them
     */
    public static CloseStatus check(int code, String reason) throws WebSocketException {
        if (!CloseCode.isAllowedInFrame(code)) {
            throw WebSocketException.invalid(
                    "close code: expected 1000-1003, 1007-1014 or 3000-4999, got " + code + " (RFC 6455 §7.4)");
        }
        byte[] bytes = Utf8Text.encode(reason, "close reason");
        if (bytes.length > MAX_REASON) {
            throw WebSocketException.invalid("close reason: expected at most " + MAX_REASON + " bytes of UTF-8, got "
                    + bytes.length + " (RFC 6455 §5.5)");
        }
        return new CloseStatus(code, reason);
    }
}
