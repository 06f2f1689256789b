package io.wstck.tck.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.head.HeadExcerpt;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of a transcript, without its time.
 *
 * @param below lines that are indented below it, such as the headers of a request
 */
record TranscriptLine(long nanos, String text, List<String> below) {
    TranscriptLine(long nanos, String text) {
        this(nanos, text, List.of());
    }

    /** The lines for an entry of the journal. */
    static List<TranscriptLine> of(JsonNode entry, EntryDetails details) {
        long nanos = entry.path("nanos").asLong();
        String mark = connection(entry) + mark(entry);
        List<TranscriptLine> lines = new ArrayList<>();
        for (HeadExcerpt head : details.heads(entry)) {
            List<String> below =
                    head.lines().stream().map(text -> mark + "  " + text).toList();
            lines.add(new TranscriptLine(nanos, mark + head.line(), below));
        }
        if (lines.isEmpty()) {
            lines.add(new TranscriptLine(nanos, mark + Transcript.words(entry) + content(entry)));
        }
        details.inflation(entry)
                .ifPresent(inflation -> lines.add(new TranscriptLine(
                        nanos, mark + inflation.text() + colon(PayloadWords.of(inflation.payload())))));
        return lines;
    }

    private static String connection(JsonNode entry) {
        return entry.has("connection") ? "#" + entry.get("connection").asInt() + " " : "";
    }

    /** What a message says that is not in one plain frame right before it. */
    private static String content(JsonNode entry) {
        return entry.path("type").asText().equals("message") && !Transcript.isPlain(entry)
                ? colon(PayloadWords.of(MessagePayload.of(entry)))
                : "";
    }

    private static String mark(JsonNode entry) {
        return switch (entry.path("type").asText()) {
            case "violation", "trouble" -> "✗  ";
            case "step" -> entry.path("outcome").asText().equals("met") ? "✓  " : "✗  ";
            case "tls" -> "   ";
            default ->
                Transcript.from(entry)
                        .map(side -> side == Moment.Side.CLIENT ? "→  " : "←  ")
                        .orElse("");
        };
    }

    private static String colon(String payload) {
        return payload.isEmpty() ? "" : ": " + payload;
    }
}
