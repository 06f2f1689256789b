package io.wstck.tck.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.head.HeadExcerpt;
import io.wstck.server.text.Excerpt;
import io.wstck.tck.judge.JudgementNotes;
import io.wstck.tck.run.TimelineEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * Packs the details of results for the HTML report: transcript, script, findings. They are in chunks, which the page
 * unpacks one by one. Each result takes some hundred kilobytes at most, and all together {@value #MAX_CHARACTERS}
 * characters before packing. Later results have no transcript, and the page says so.
 */
final class HtmlDetails {
    private static final int MAX_CHARACTERS = 64 << 20;
    private static final int CHUNK_CHARACTERS = 512 << 10;
    private static final int MAX_ROWS = 320;
    private static final int LONGEST_LINE = 1000;
    private static final int LONGEST_FINDING = 4000;
    private static final int LONGEST_SCRIPT = 20_000;

    private final List<String> chunks = new ArrayList<>();
    private final List<Integer> firsts = new ArrayList<>();
    private final StringBuilder chunk = new StringBuilder();
    private int count;
    private long characters;

    /** Adds a result; returns its number. */
    int add(CaseFinished result) {
        ObjectNode node = findings(result);
        if (characters < MAX_CHARACTERS) {
            putTranscript(node, result);
        } else {
            node.put("left_out", true);
        }
        String json = HtmlJson.text(node);
        characters += json.length();
        if (chunk.isEmpty()) {
            firsts.add(count);
        }
        chunk.append(chunk.isEmpty() ? '[' : ',').append(json);
        if (chunk.length() > CHUNK_CHARACTERS) {
            endChunk();
        }
        return count++;
    }

    /** The number of the first result in each chunk. */
    List<Integer> firsts() {
        return List.copyOf(firsts);
    }

    /** All chunks: JSON lists, compressed by gzip. */
    List<byte[]> packed() {
        if (!chunk.isEmpty()) {
            endChunk();
        }
        return IntStream.range(0, chunks.size())
                .parallel()
                .mapToObj(number -> gzip(chunks.get(number)))
                .toList();
    }

    private void endChunk() {
        chunks.add(chunk.append(']').toString());
        chunk.setLength(0);
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compress in memory", e);
        }
        return bytes.toByteArray();
    }

    private static ObjectNode findings(CaseFinished result) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("ms", result.duration().toNanos() / 1e6);
        node.put("attempts", result.attempts());
        ArrayNode earlier = node.putArray("earlier");
        result.earlier().forEach(attempt -> earlier.add(Excerpt.withRest(CaseText.earlier(attempt), LONGEST_FINDING)));
        node.put("reason", Excerpt.withRest(CaseText.reason(result), LONGEST_FINDING));
        node.put("expected", Excerpt.withRest(result.judgement().expected(), LONGEST_FINDING));
        node.put("actual", Excerpt.withRest(result.judgement().actual(), LONGEST_FINDING));
        ArrayNode parts = node.putArray("parts");
        JudgementNotes notes = result.judgement().notes();
        notes.parts().stream().limit(MAX_ROWS).forEach(part -> parts.add(Excerpt.withRest(part, LONGEST_LINE)));
        notes.hint().ifPresent(hint -> node.put("hint", Excerpt.withRest(hint, LONGEST_LINE)));
        ArrayNode measured = node.putArray("measured");
        result.measured().stream()
                .limit(MAX_ROWS)
                .forEach(time -> measured.addObject()
                        .put("what", Excerpt.withRest(time.what(), LONGEST_LINE))
                        .put("ms", time.ms())
                        .put("min_ms", time.minMs())
                        .put("max_ms", time.maxMs()));
        node.putArray("transcript");
        node.putArray("sequence");
        return node;
    }

    /** Plain lines are only for events without a sequence. */
    private static void putTranscript(ObjectNode node, CaseFinished result) {
        if (result.sequence().isEmpty()) {
            lines(result.transcript()).forEach(node.putArray("transcript")::add);
        }
        node.set("sequence", TimelineJson.write(rows(result.sequence())));
        node.put("script", Excerpt.withRest(result.script(), LONGEST_SCRIPT));
    }

    private static List<String> lines(List<String> transcript) {
        List<String> lines = new ArrayList<>();
        int half = MAX_ROWS / 2;
        int size = transcript.size();
        for (int at = 0; at < size; at++) {
            if (size <= MAX_ROWS || at < half || at >= size - half) {
                lines.add(Excerpt.withRest(transcript.get(at), LONGEST_LINE));
            } else if (at == half) {
                lines.add("… " + (size - MAX_ROWS) + " lines left out here; all are in the events file …");
            }
        }
        return lines;
    }

    /** The kit bounds rows and texts itself, but the file may come from elsewhere. */
    private static List<TimelineEntry> rows(List<TimelineEntry> sequence) {
        List<TimelineEntry> rows = new ArrayList<>();
        for (TimelineEntry row : sequence.subList(0, Math.min(sequence.size(), MAX_ROWS))) {
            rows.add(bounded(row));
        }
        if (sequence.size() > MAX_ROWS) {
            rows.add(new TimelineEntry.Gap(sequence.get(MAX_ROWS).nanos(), sequence.size() - MAX_ROWS, 0));
        }
        return rows;
    }

    private static TimelineEntry bounded(TimelineEntry row) {
        return switch (row) {
            case TimelineEntry.Frame frame ->
                new TimelineEntry.Frame(
                        frame.nanos(),
                        frame.connection(),
                        frame.from(),
                        frame.opcode(),
                        frame.fin(),
                        frame.rsv(),
                        Excerpt.withRest(frame.mask(), LONGEST_LINE),
                        Excerpt.withRest(frame.length(), LONGEST_LINE),
                        frame.longerForm(),
                        bounded(frame.payload()));
            case TimelineEntry.Head head ->
                new TimelineEntry.Head(
                        head.nanos(),
                        head.connection(),
                        head.from(),
                        Excerpt.withRest(head.kind(), LONGEST_LINE),
                        bounded(head.head()));
            case TimelineEntry.Message message ->
                new TimelineEntry.Message(
                        message.nanos(),
                        message.connection(),
                        message.from(),
                        Excerpt.withRest(message.text(), LONGEST_LINE),
                        bounded(message.payload()));
            case TimelineEntry.Note note ->
                new TimelineEntry.Note(
                        note.nanos(),
                        note.connection(),
                        note.from(),
                        Excerpt.withRest(note.kind(), LONGEST_LINE),
                        Excerpt.withRest(note.text(), LONGEST_LINE));
            case TimelineEntry.CheckEntry check ->
                new TimelineEntry.CheckEntry(
                        check.nanos(),
                        check.connection(),
                        check.by(),
                        check.outcome(),
                        check.strength(),
                        Excerpt.withRest(check.what(), LONGEST_LINE),
                        Excerpt.withRest(check.expected(), LONGEST_LINE),
                        Excerpt.withRest(check.actual(), LONGEST_LINE),
                        Excerpt.withRest(check.at(), LONGEST_LINE));
            case TimelineEntry.Gap gap -> gap;
        };
    }

    private static TimelineEntry.Payload bounded(TimelineEntry.Payload payload) {
        return new TimelineEntry.Payload(
                payload.form(), Excerpt.withRest(payload.shown(), LONGEST_LINE), payload.extent());
    }

    private static HeadExcerpt bounded(HeadExcerpt head) {
        List<String> headers = head.headers().stream()
                .limit(HeadExcerpt.MOST_HEADERS)
                .map(line -> Excerpt.withRest(line, LONGEST_LINE))
                .toList();
        return new HeadExcerpt(
                Excerpt.withRest(head.line(), LONGEST_LINE),
                headers,
                head.leftOut() + head.headers().size() - headers.size(),
                head.negotiated().map(extension -> Excerpt.withRest(extension, LONGEST_LINE)));
    }
}
