package io.wstck.tck.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.head.HeadExcerpt;
import io.wstck.server.text.FormatWord;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Witness;
import io.wstck.tck.run.TimelineEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes and reads the rows of a case's sequence diagram as JSON. Defaults are left out, because there are many
 * entries.
 */
final class TimelineJson {
    private static final String MESSAGE = "message";
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MICROS_PER_MILLI = 1e3;

    private TimelineJson() {}

    static ArrayNode write(List<TimelineEntry> sequence) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode(sequence.size());
        sequence.forEach(row -> rows.add(json(row)));
        return rows;
    }

    private static ObjectNode json(TimelineEntry row) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("ms", Math.round(row.nanos() / NANOS_PER_MICRO) / MICROS_PER_MILLI);
        switch (row) {
            case TimelineEntry.Frame frame -> put(node, frame);
            case TimelineEntry.Head head -> put(node, head);
            case TimelineEntry.Message message -> put(node, message);
            case TimelineEntry.Note note -> {
                node.put("kind", note.kind());
                connection(node, note.connection());
                note.from().ifPresent(side -> node.put("from", side.word()));
                node.put("text", note.text());
            }
            case TimelineEntry.CheckEntry check -> put(node, check);
            case TimelineEntry.Gap gap ->
                node.put("kind", "gap").put("rows", gap.rows()).put("not_met", gap.notMet());
        }
        return node;
    }

    private static void put(ObjectNode node, TimelineEntry.Frame frame) {
        node.put("kind", "frame");
        connection(node, frame.connection());
        node.put("from", frame.from().word());
        node.put("opcode", frame.opcode());
        if (!frame.fin()) {
            node.put("fin", false);
        }
        if (frame.rsv() != 0) {
            node.put("rsv", frame.rsv());
        }
        putUnlessEmpty(node, "mask", frame.mask());
        node.put("length", frame.length());
        if (frame.longerForm() != 0) {
            node.put("length_form", frame.longerForm());
        }
        put(node, frame.payload());
    }

    private static void put(ObjectNode node, TimelineEntry.Payload payload) {
        if (payload.form() != TimelineEntry.Form.NONE) {
            node.put(payload.form().word(), payload.shown());
        }
        if (payload.extent() == TimelineEntry.Extent.BEGINNING) {
            node.put("cut", true);
        }
    }

    private static void put(ObjectNode node, TimelineEntry.Head row) {
        node.put("kind", row.kind());
        connection(node, row.connection());
        node.put("from", row.from().word());
        node.put("text", row.head().line());
        row.head().headers().forEach(node.putArray("headers")::add);
        if (row.head().leftOut() > 0) {
            node.put("headers_left_out", row.head().leftOut());
        }
        row.head().negotiated().ifPresent(extension -> node.put("negotiated", extension));
    }

    private static void put(ObjectNode node, TimelineEntry.Message message) {
        node.put("kind", MESSAGE);
        connection(node, message.connection());
        node.put("from", message.from().word());
        node.put("text", message.text());
        put(node.putObject("payload"), message.payload());
    }

    private static void put(ObjectNode node, TimelineEntry.CheckEntry check) {
        node.put("kind", "check");
        connection(node, check.connection());
        node.put("by", check.by().word());
        node.put("outcome", check.outcome().word());
        if (check.strength() == Strength.SHOULD) {
            node.put("should", true);
        }
        node.put("what", check.what());
        putUnlessEmpty(node, "expected", check.expected());
        putUnlessEmpty(node, "actual", check.actual());
        putUnlessEmpty(node, "at", check.at());
    }

    static List<TimelineEntry> read(List<EventFields> rows) throws EventsException {
        List<TimelineEntry> sequence = new ArrayList<>();
        for (EventFields row : rows) {
            sequence.add(entry(row));
        }
        return sequence;
    }

    private static TimelineEntry entry(EventFields row) throws EventsException {
        long nanos = Math.round(row.number("ms") * MICROS_PER_MILLI * NANOS_PER_MICRO);
        String kind = row.text("kind");
        return switch (kind) {
            case "frame" -> frame(row, nanos);
            case "check" -> check(row, nanos);
            case "gap" -> new TimelineEntry.Gap(nanos, row.integer("rows"), row.integer("not_met"));
            default -> row.has("headers") ? head(row, nanos, kind) : message(row, nanos, kind);
        };
    }

    /** Old files have messages without their payload. */
    private static TimelineEntry message(EventFields row, long nanos, String kind) throws EventsException {
        if (kind.equals(MESSAGE) && row.has("payload")) {
            TimelineEntry.Payload payload = payload(row.object("payload"));
            return new TimelineEntry.Message(nanos, row.integer("connection"), side(row), row.text("text"), payload);
        }
        Optional<TimelineEntry.Side> from = row.has("from") ? Optional.of(side(row)) : Optional.empty();
        return new TimelineEntry.Note(nanos, row.integerOr("connection", 0), from, kind, row.text("text"));
    }

    private static TimelineEntry.Head head(EventFields row, long nanos, String kind) throws EventsException {
        Optional<String> negotiated = row.has("negotiated") ? Optional.of(row.text("negotiated")) : Optional.empty();
        HeadExcerpt head = new HeadExcerpt(
                row.text("text"), row.texts("headers"), row.integerOr("headers_left_out", 0), negotiated);
        return new TimelineEntry.Head(nanos, row.integer("connection"), side(row), kind, head);
    }

    private static TimelineEntry.Frame frame(EventFields row, long nanos) throws EventsException {
        return new TimelineEntry.Frame(
                nanos,
                row.integer("connection"),
                side(row),
                row.integer("opcode"),
                !row.has("fin"),
                row.integerOr("rsv", 0),
                row.textOr("mask", ""),
                row.text("length"),
                row.integerOr("length_form", 0),
                payload(row));
    }

    private static TimelineEntry.Payload payload(EventFields row) throws EventsException {
        TimelineEntry.Extent extent = row.has("cut") ? TimelineEntry.Extent.BEGINNING : TimelineEntry.Extent.WHOLE;
        for (TimelineEntry.Form form : TimelineEntry.Form.values()) {
            if (row.has(form.word())) {
                return new TimelineEntry.Payload(form, row.text(form.word()), extent);
            }
        }
        return new TimelineEntry.Payload(TimelineEntry.Form.NONE, "", extent);
    }

    private static TimelineEntry.CheckEntry check(EventFields row, long nanos) throws EventsException {
        return new TimelineEntry.CheckEntry(
                nanos,
                row.integerOr("connection", 0),
                row.parsed("by", "a witness", word -> FormatWord.of(Witness.class, "a witness", word)),
                row.parsed("outcome", "an outcome", word -> FormatWord.of(Check.Outcome.class, "an outcome", word)),
                row.has("should") ? Strength.SHOULD : Strength.CASE,
                row.text("what"),
                row.textOr("expected", ""),
                row.textOr("actual", ""),
                row.textOr("at", ""));
    }

    private static TimelineEntry.Side side(EventFields row) throws EventsException {
        return row.parsed("from", "client or server", word -> FormatWord.of(TimelineEntry.Side.class, "a side", word));
    }

    private static void connection(ObjectNode node, int connection) {
        if (connection != 0) {
            node.put("connection", connection);
        }
    }

    private static void putUnlessEmpty(ObjectNode node, String field, String text) {
        if (!text.isEmpty()) {
            node.put(field, text);
        }
    }
}
