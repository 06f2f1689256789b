package io.wstck.tck.autobahn.exchange;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.Opcode;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Describes a frame in one line of a transcript: {@code TEXT 5 bytes "hello"}, {@code CLOSE 1000 "reason"}. Bytes that
 * are no UTF-8 are hexadecimal. Stateless.
 */
final class FrameText {
    /** The bytes of a text that are shown. */
    private static final int SHOWN_TEXT = 60;

    /** The bytes of other payloads that are shown. */
    private static final int SHOWN_HEX = 32;

    /** The most bytes of a reason in a legal close frame (RFC 6455 §5.5). */
    private static final int MOST_REASON = 123;

    private static final int CODE_BYTES = 2;

    private FrameText() {}

    /**
     * The line for a frame.
     *
     * @param beginning the first bytes of its payload, or all of them
     */
    static String of(FrameHeader header, Bytes beginning) {
        StringBuilder text = new StringBuilder(header.describe());
        text.append(header.mask().isPresent() ? " masked" : "");
        if (header.opcode() == Opcode.CLOSE && isWhole(header, beginning)) {
            return text.append(closeStatus(beginning)).toString();
        }
        text.append(' ').append(bytes(header.length()));
        if (beginning.length() > 0) {
            text.append(' ').append(payload(header, beginning));
        }
        return text.toString();
    }

    private static boolean isWhole(FrameHeader header, Bytes beginning) {
        return header.length() == beginning.length();
    }

    /** The code and the reason of a close frame. A legal reason is shown whole. */
    private static String closeStatus(Bytes payload) {
        if (payload.length() == 0) {
            return " without a code";
        }
        if (payload.length() < CODE_BYTES) {
            return " without a whole code: " + hex(payload);
        }
        int code = new CloseStatus(payload).code().orElseThrow();
        Bytes reason = payload.slice(CODE_BYTES, payload.length());
        return " " + code + " " + reason.quotedText(MOST_REASON).orElseGet(() -> hex(reason))
                + (reason.length() > MOST_REASON ? "…" : "");
    }

    /** The beginning of a payload. Compressed data is never text. */
    private static String payload(FrameHeader header, Bytes beginning) {
        Optional<String> text =
                (header.rsv() & FrameHeader.RSV1) == 0 ? beginning.quotedText(SHOWN_TEXT) : Optional.empty();
        return text.map(start -> start + (header.length() > SHOWN_TEXT ? "…" : ""))
                .orElseGet(() -> hex(beginning, header.length()));
    }

    private static String hex(Bytes bytes) {
        return hex(bytes, bytes.length());
    }

    /** The first bytes as hexadecimal digits, and their number if more follow. */
    private static String hex(Bytes beginning, long length) {
        int shown = Math.min(SHOWN_HEX, beginning.length());
        return "hex " + HexFormat.ofDelimiter(" ").formatHex(beginning.toArray(), 0, shown)
                + (shown == length ? "" : " … (" + bytes(length) + ")");
    }

    private static String bytes(long count) {
        return Long.toUnsignedString(count) + (count == 1 ? " byte" : " bytes");
    }
}
