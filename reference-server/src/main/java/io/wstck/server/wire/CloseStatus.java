package io.wstck.server.wire;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/** The payload of a close frame, well-formed or not, and the code and the reason in it (RFC 6455 §5.5.1). */
public record CloseStatus(Bytes payload) {
    /** The payload with this code (any 16 bits, legal or not) and this reason. */
    public static CloseStatus of(int code, String reason) {
        byte[] text = Bytes.utf8(reason).toArray();
        byte[] all = ByteBuffer.allocate(2 + text.length)
                .putShort((short) code)
                .put(text)
                .array();
        return new CloseStatus(Bytes.owning(all));
    }

    /** The code; empty when the payload has fewer than two bytes. */
    public OptionalInt code() {
        return payload.length() < 2
                ? OptionalInt.empty()
                : OptionalInt.of(payload.buffer().getShort() & 0xFFFF);
    }

    /** The reason; absent when it is not valid UTF-8. */
    public Optional<String> reason() {
        return payload.length() <= 2
                ? Optional.of("")
                : payload.slice(2, payload.length()).text();
    }

    /** The payload of the answering close frame: the same code, or nothing when this payload has no code. */
    public Bytes answer() {
        return payload.length() < 2 ? Bytes.EMPTY : payload.slice(0, 2);
    }

    /** A description for messages, for example {@code close 1000 "reason"}. */
    public String describe() {
        if (payload.length() == 0) {
            return "an empty close frame";
        }
        if (payload.length() == 1) {
            return "a close frame with a 1-byte payload";
        }
        String reason = payload.length() == 2 ? "" : " " + payload.slice(2, payload.length());
        return "close " + code().orElseThrow() + reason;
    }
}
