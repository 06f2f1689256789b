package io.wstck.tck.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.head.HeadExcerpt;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Witness;
import io.wstck.tck.run.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rows of a sequence diagram as JSON and back. What goes without saying is left out, since there are many. */
final class SequenceJson {
    private static final String MESSAGE = "message";
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MICROS_PER_MILLI = 1e3;

    private SequenceJson() {}

    static ArrayNode write(List<Moment> sequence) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode(sequence.size());
        sequence.forEach(row -> rows.add(json(row)));
        return rows;
    }

    private static ObjectNode json(Moment row) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("ms", Math.round(row.nanos() / NANOS_PER_MICRO) / MICROS_PER_MILLI);
        switch (row) {
            case Moment.Frame frame -> put(node, frame);
            case Moment.Head head -> put(node, head);
            case Moment.Message message -> put(node, message);
            case Moment.Note note -> {
                node.put("kind", note.kind());
                connection(node, note.connection());
                note.from().ifPresent(side -> node.put("from", word(side)));
                node.put("text", note.text());
            }
            case Moment.Checked check -> put(node, check);
            case Moment.Gap gap ->
                node.put("kind", "gap").put("rows", gap.rows()).put("not_met", gap.notMet());
        }
        return node;
    }

    private static void put(ObjectNode node, Moment.Frame frame) {
        node.put("kind", "frame");
        connection(node, frame.connection());
        node.put("from", word(frame.from()));
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

    private static void put(ObjectNode node, Moment.Payload payload) {
        if (payload.form() != Moment.Form.NONE) {
            node.put(word(payload.form()), payload.shown());
        }
        if (payload.extent() == Moment.Extent.BEGINNING) {
            node.put("cut", true);
        }
    }

    private static void put(ObjectNode node, Moment.Head row) {
        node.put("kind", row.kind());
        connection(node, row.connection());
        node.put("from", word(row.from()));
        node.put("text", row.head().line());
        row.head().headers().forEach(node.putArray("headers")::add);
        if (row.head().leftOut() > 0) {
            node.put("headers_left_out", row.head().leftOut());
        }
        row.head().negotiated().ifPresent(extension -> node.put("negotiated", extension));
    }

    private static void put(ObjectNode node, Moment.Message message) {
        node.put("kind", MESSAGE);
        connection(node, message.connection());
        node.put("from", word(message.from()));
        node.put("text", message.text());
        put(node.putObject("payload"), message.payload());
    }

    private static void put(ObjectNode node, Moment.Checked check) {
        node.put("kind", "check");
        connection(node, check.connection());
        node.put("by", word(check.by()));
        node.put("outcome", word(check.outcome()));
        if (check.strength() == Strength.SHOULD) {
            node.put("should", true);
        }
        node.put("what", check.what());
        putUnlessEmpty(node, "expected", check.expected());
        putUnlessEmpty(node, "actual", check.actual());
        putUnlessEmpty(node, "at", check.at());
    }

    static List<Moment> read(List<EventFields> rows) throws EventsException {
        List<Moment> sequence = new ArrayList<>();
        for (EventFields row : rows) {
            sequence.add(moment(row));
        }
        return sequence;
    }

    private static Moment moment(EventFields row) throws EventsException {
        long nanos = Math.round(row.number("ms") * MICROS_PER_MILLI * NANOS_PER_MICRO);
        String kind = row.text("kind");
        return switch (kind) {
            case "frame" -> frame(row, nanos);
            case "check" -> check(row, nanos);
            case "gap" -> new Moment.Gap(nanos, row.integer("rows"), row.integer("not_met"));
            default -> row.has("headers") ? head(row, nanos, kind) : message(row, nanos, kind);
        };
    }

    /** Earlier editions of the file have messages without their content. */
    private static Moment message(EventFields row, long nanos, String kind) throws EventsException {
        if (kind.equals(MESSAGE) && row.has("payload")) {
            Moment.Payload payload = payload(row.object("payload"));
            return new Moment.Message(nanos, row.integer("connection"), side(row), row.text("text"), payload);
        }
        Optional<Moment.Side> from = row.has("from") ? Optional.of(side(row)) : Optional.empty();
        return new Moment.Note(nanos, row.integerOr("connection", 0), from, kind, row.text("text"));
    }

    private static Moment.Head head(EventFields row, long nanos, String kind) throws EventsException {
        Optional<String> negotiated = row.has("negotiated") ? Optional.of(row.text("negotiated")) : Optional.empty();
        HeadExcerpt head = new HeadExcerpt(
                row.text("text"), row.texts("headers"), row.integerOr("headers_left_out", 0), negotiated);
        return new Moment.Head(nanos, row.integer("connection"), side(row), kind, head);
    }

    private static Moment.Frame frame(EventFields row, long nanos) throws EventsException {
        return new Moment.Frame(
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

    private static Moment.Payload payload(EventFields row) throws EventsException {
        Moment.Extent extent = row.has("cut") ? Moment.Extent.BEGINNING : Moment.Extent.WHOLE;
        for (Moment.Form form : Moment.Form.values()) {
            if (row.has(word(form))) {
                return new Moment.Payload(form, row.text(word(form)), extent);
            }
        }
        return new Moment.Payload(Moment.Form.NONE, "", extent);
    }

    private static Moment.Checked check(EventFields row, long nanos) throws EventsException {
        return new Moment.Checked(
                nanos,
                row.integerOr("connection", 0),
                row.parsed("by", "a witness", word -> Witness.valueOf(name(word))),
                row.parsed("outcome", "an outcome", word -> Check.Outcome.valueOf(name(word))),
                row.has("should") ? Strength.SHOULD : Strength.CASE,
                row.text("what"),
                row.textOr("expected", ""),
                row.textOr("actual", ""),
                row.textOr("at", ""));
    }

    private static Moment.Side side(EventFields row) throws EventsException {
        return row.parsed("from", "client or server", word -> Moment.Side.valueOf(name(word)));
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

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String name(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
