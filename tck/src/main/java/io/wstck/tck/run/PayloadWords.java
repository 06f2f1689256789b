package io.wstck.tck.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.text.Excerpt;
import io.wstck.tck.judge.JournalReading;
import io.wstck.tck.run.Moment.Extent;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Payloads in a line of text, cut where they are long. Stateless. */
final class PayloadWords {
    private static final int SHOWN = 80;
    private static final int RSV1 = 4;

    private PayloadWords() {}

    /** A payload that is cut already, cut further; empty where there is none. */
    static String of(Moment.Payload payload) {
        return switch (payload.form()) {
            case NONE, CLOSE -> "";
            case TEXT -> quoted(payload.extent() == Extent.WHOLE ? payload.shown() : payload.shown() + "…");
            case HEX -> hex(HexFormat.of().parseHex(payload.shown()));
        };
    }

    /** The payload of a frame, or its beginning. */
    static String of(JsonNode entry) {
        if (entry.path("opcode").asInt() == 8 && entry.path("length").asLong() >= 2) {
            return JournalReading.bytes(entry)
                    .or(() -> JournalReading.text(entry))
                    .map(PayloadWords::close)
                    .orElse("");
        }
        if (entry.has("text") && !isCompressed(entry)) {
            return quoted(entry.get("text").asText());
        }
        return JournalReading.bytes(entry)
                .or(() -> JournalReading.text(entry))
                .map(PayloadWords::hex)
                .orElseGet(() ->
                        entry.has("sha256") ? "sha256=" + entry.get("sha256").asText() : "");
    }

    /** Whether the frame has RSV1, and with it deflate data, which mean nothing as text. */
    static boolean isCompressed(JsonNode frame) {
        return (frame.path("rsv").asInt() & RSV1) != 0;
    }

    private static String close(byte[] payload) {
        int code = ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
        String reason = new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        return code + " " + quoted(reason);
    }

    private static String quoted(String text) {
        return "\"" + Excerpt.withEllipsis(text, SHOWN) + "\"";
    }

    private static String hex(byte[] bytes) {
        String shown = HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(bytes.length, SHOWN / 3));
        return (shown.isEmpty() ? "hex" : "hex " + shown) + (bytes.length > SHOWN / 3 ? " …" : "");
    }
}
