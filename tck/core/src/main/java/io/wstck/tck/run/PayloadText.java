package io.wstck.tck.run;

import io.wstck.server.journal.JournalEntry;
import io.wstck.server.text.Excerpt;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.RecordedPayload;
import io.wstck.tck.run.TimelineEntry.Extent;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Formats payloads for a transcript: text in quotes, bytes as hex or a digest, a close frame as code and reason. Cuts
 * long ones, and escapes nothing. Stateless.
 */
final class PayloadText {
    private static final int SHOWN = 80;

    private PayloadText() {}

    /** Formats an excerpt and cuts it further. Empty if there is no payload. */
    static String of(TimelineEntry.Payload payload) {
        return switch (payload.form()) {
            case NONE, CLOSE -> "";
            case TEXT -> quoted(payload.extent() == Extent.WHOLE ? payload.shown() : payload.shown() + "…");
            case HEX -> hex(HexFormat.of().parseHex(payload.shown()));
        };
    }

    /** Formats a payload from a journal. */
    static String of(RecordedPayload payload) {
        return payload.text().map(PayloadText::quoted).orElseGet(() -> bytes(payload));
    }

    /** Formats the payload of a frame. Compressed data is never shown as text. */
    static String of(JournalEntry.Frame frame) {
        if (isCloseWithCode(frame)) {
            return close(frame.payload());
        }
        return frame.hasRsv1() ? bytes(frame.payload()) : of(frame.payload());
    }

    /** Returns whether it is a close frame with a code. */
    static boolean isCloseWithCode(JournalEntry.Frame frame) {
        return frame.header().opcode() == Opcode.CLOSE && frame.header().length() >= 2;
    }

    /** Formats the code and the reason of a close frame. Empty if the journal does not have all of it. */
    static String close(RecordedPayload payload) {
        return payload.whole()
                .filter(bytes -> bytes.length() >= 2)
                .map(PayloadText::close)
                .orElse("");
    }

    private static String close(Bytes payload) {
        int code = Short.toUnsignedInt(payload.buffer().getShort());
        String reason = new String(payload.slice(2, payload.length()).toArray(), StandardCharsets.UTF_8);
        return code + " " + quoted(reason);
    }

    private static String bytes(RecordedPayload payload) {
        return payload.sha256()
                .map(digest -> "sha256=" + digest)
                .orElseGet(() -> hex(payload.kept().toArray()));
    }

    private static String quoted(String text) {
        return "\"" + Excerpt.withEllipsis(text, SHOWN) + "\"";
    }

    private static String hex(byte[] bytes) {
        String shown = HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(bytes.length, SHOWN / 3));
        return (shown.isEmpty() ? "hex" : "hex " + shown) + (bytes.length > SHOWN / 3 ? " …" : "");
    }
}
