package io.wstck.server.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.journal.JournalEntry.ConnectionId;
import io.wstck.server.journal.JournalEntry.Direction;
import io.wstck.server.journal.JournalEntry.EndCause;
import io.wstck.server.journal.JournalEntry.ScenarioStage;
import io.wstck.server.journal.JournalEntry.Stamp;
import io.wstck.server.journal.JournalEntry.StepOutcome;
import io.wstck.server.journal.JournalEntry.StepTiming;
import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.journal.JournalEntry.TlsOutcome;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.InflateResult.ContextDependency;
import io.wstck.server.wire.MessageCoding;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.PeerEnd;
import io.wstck.server.wire.RecordedPayload;
import io.wstck.server.wire.Rule;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.tls.TlsFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the JSON form of journals (docs/scenarios.md), as {@link JournalJson} writes it. It does not check the hash.
 * Unknown words are errors. A missing text, number or list counts as empty or 0, because earlier editions had fewer
 * fields. Stateless.
 */
public final class JournalParser {
    private JournalParser() {}

    /**
     * Reads a journal.
     *
     * @throws IllegalArgumentException for the first invalid entry; the message is a sentence
     */
    public static Journal journal(JsonNode json) {
        List<JournalEntry> entries = new ArrayList<>();
        for (JsonNode entry : json.path("entries")) {
            entries.add(entry(entry));
        }
        return new Journal(
                json.path("session").asText(""),
                json.path("name").asText(""),
                entries,
                json.path("dropped").asLong(),
                json.path("settled").asBoolean());
    }

    /**
     * Reads one entry.
     *
     * @throws IllegalArgumentException if the entry is invalid; the message is a sentence
     */
    public static JournalEntry entry(JsonNode json) {
        EntryFields fields = new EntryFields(json);
        Stamp stamp = stamp(fields);
        return switch (fields.text("type")) {
            case JournalEntry.TcpOpened.TYPE -> new JournalEntry.TcpOpened(stamp);
            case JournalEntry.RequestRead.TYPE -> new JournalEntry.RequestRead(stamp, request(fields));
            case JournalEntry.ResponseSent.TYPE ->
                new JournalEntry.ResponseSent(
                        stamp,
                        fields.optionalText("line"),
                        fields.integer("status"),
                        fields.headers(),
                        fields.base64("raw"));
            case JournalEntry.Frame.TYPE -> frame(stamp, fields);
            case JournalEntry.TlsResult.TYPE ->
                new JournalEntry.TlsResult(
                        stamp, fields.word("outcome", TlsOutcome.class), tls(fields), fields.text("detail"));
            case JournalEntry.DataMessage.TYPE -> message(stamp, fields);
            case JournalEntry.RawBytes.TYPE ->
                new JournalEntry.RawBytes(stamp, direction(fields), fields.payload(fields.number("length")));
            case JournalEntry.ViolationNoted.TYPE ->
                new JournalEntry.ViolationNoted(
                        stamp, new Violation(fields.word("rule", Rule.class), fields.text("detail")));
            case JournalEntry.StepDone.TYPE -> step(stamp, fields);
            case JournalEntry.CloseNotify.TYPE -> new JournalEntry.CloseNotify(stamp);
            case JournalEntry.ClientEnded.TYPE ->
                new JournalEntry.ClientEnded(stamp, fields.word("how", PeerEnd.class));
            case JournalEntry.ServerEnded.TYPE ->
                new JournalEntry.ServerEnded(
                        stamp,
                        fields.word("how", TcpEnd.class),
                        fields.wordOr("cause", EndCause.class, EndCause.SCENARIO));
            case JournalEntry.ScriptEnded.TYPE -> new JournalEntry.ScriptEnded(stamp);
            case JournalEntry.UnreadBytes.TYPE -> unread(stamp, fields);
            case JournalEntry.Epilogue.TYPE -> new JournalEntry.Epilogue(stamp);
            case JournalEntry.ServerFailure.TYPE -> new JournalEntry.ServerFailure(stamp, fields.text("detail"));
            default -> throw fields.unexpected("type", "the type of a journal's entry");
        };
    }

    private static Stamp stamp(EntryFields fields) {
        Optional<ConnectionId> connection = fields.has("connection")
                ? Optional.of(new ConnectionId(fields.text("server"), fields.integer("connection")))
                : Optional.empty();
        return new Stamp(fields.number("seq"), fields.number("nanos"), connection);
    }

    private static Direction direction(EntryFields fields) {
        return fields.word("direction", Direction.class);
    }

    private static HttpRequest request(EntryFields fields) {
        return new HttpRequest(
                fields.text("line"),
                fields.text("method"),
                fields.text("target"),
                fields.headers(),
                fields.base64("raw"));
    }

    private static JournalEntry frame(Stamp stamp, EntryFields fields) {
        long length = fields.unsigned("length");
        FrameHeader header = new FrameHeader(
                fields.flag("fin"),
                fields.integer("rsv"),
                fields.integer("opcode"),
                mask(fields),
                length,
                fields.has("length_form") ? fields.integer("length_form") : FrameHeader.minimalForm(length));
        return new JournalEntry.Frame(stamp, direction(fields), header, fields.payload(length));
    }

    private static OptionalInt mask(EntryFields fields) {
        return fields.optionalText("mask")
                .map(hex -> OptionalInt.of(Integer.parseUnsignedInt(hex, 16)))
                .orElse(OptionalInt.empty());
    }

    private static TlsFacts tls(EntryFields fields) {
        return new TlsFacts(
                fields.optionalText("version"), fields.optionalText("cipher"), fields.optionalText("server_name"));
    }

    private static JournalEntry message(Stamp stamp, EntryFields fields) {
        return new JournalEntry.DataMessage(
                stamp,
                direction(fields),
                fields.word("message_type", MessageType.class),
                fields.integer("fragments"),
                fields.payload(fields.number("length")),
                fields.flag("compressed")
                        ? new MessageCoding.Deflated(fields.number("wire_length"), reach(fields))
                        : new MessageCoding.Plain());
    }

    private static Optional<ContextDependency> reach(EntryFields fields) {
        if (!fields.has("alone")) {
            return Optional.empty();
        }
        return Optional.of(fields.flag("alone") ? ContextDependency.INDEPENDENT : ContextDependency.EARLIER_MESSAGES);
    }

    private static JournalEntry step(Stamp stamp, EntryFields fields) {
        return new JournalEntry.StepDone(
                stamp,
                fields.wordOr("stage", ScenarioStage.class, ScenarioStage.FRAMES),
                fields.integer("index"),
                fields.word("op", StepKind.class),
                fields.word("outcome", StepOutcome.class),
                fields.flag("overdue") ? StepTiming.OVERDUE : StepTiming.IN_TIME,
                fields.text("expected"),
                fields.text("actual"));
    }

    private static JournalEntry unread(Stamp stamp, EntryFields fields) {
        long length = fields.number("length");
        Optional<RecordedPayload> payload =
                fields.hasPayload() ? Optional.of(fields.payload(length)) : Optional.empty();
        return new JournalEntry.UnreadBytes(stamp, length, payload, fields.text("detail"));
    }
}
