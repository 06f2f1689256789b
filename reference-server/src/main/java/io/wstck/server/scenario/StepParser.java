package io.wstck.server.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.connection.ServerConnection;
import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.journal.StepKind;
import io.wstck.server.scenario.Step.Answer;
import io.wstck.server.scenario.Step.CloseForm;
import io.wstck.server.text.FormatWord;
import io.wstck.server.text.NearestNames;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.FrameHeader;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Parses steps from their JSON form. */
final class StepParser {
    private static final int LONGEST_WAIT_MS = 600_000;

    private StepParser() {}

    static Step parse(JsonNode json, String path) throws ScenarioSyntaxException {
        JsonFields fields = JsonFields.of(json, path);
        String op =
                fields.string("op").orElseThrow(() -> fields.error("op", "expected the name of a step, got nothing"));
        try {
            StepKind kind = FormatWord.find(StepKind.class, op).orElseThrow(() -> unknown(op, fields));
            Step step = parse(kind, fields);
            fields.checkNoUnknownFields();
            return step;
        } catch (IllegalArgumentException wrong) {
            // The constructors of the steps write "field: expected …, got …".
            throw new ScenarioSyntaxException("", path + "." + wrong.getMessage());
        }
    }

    private static Step parse(StepKind kind, JsonFields fields) throws ScenarioSyntaxException {
        return switch (kind) {
            case SEND_MESSAGE -> MessageStepParser.send(fields);
            case SEND_FRAME -> sendFrame(fields);
            case SEND_PING -> new Step.SendPing(payload(fields));
            case SEND_PONG -> new Step.SendPong(payload(fields));
            case SEND_CLOSE -> new Step.SendClose(closePayload(fields));
            case SEND_BYTES -> new Step.SendBytes(payload(fields), chop(fields));
            case SEND_UNTIL_BLOCKED -> MessageStepParser.untilBlocked(fields);
            case SEND_BYTES_UNTIL_BLOCKED -> MessageStepParser.bytesUntilBlocked(fields);
            case DRIP -> new Step.Drip(payload(fields), millis(fields, "every", Duration.ofMillis(10)));
            case EXPECT_MESSAGE -> MessageStepParser.expect(fields);
            case EXPECT_PING -> expectPing(fields);
            case EXPECT_PONG -> new Step.ExpectPong(optionalBytes(fields), within(fields));
            case EXPECT_CLOSE -> expectClose(fields);
            case EXPECT_FAILED -> new Step.ExpectFailed(fields.integer("code", 0, 65_535), within(fields));
            case EXPECT_END ->
                new Step.ExpectEnd(
                        within(fields),
                        fields.flag("outlasts_script", false)
                                ? Step.WaitLimit.OUTLASTS_SCRIPT
                                : Step.WaitLimit.SCRIPT_AND_GRACE);
            case EXPECT_REQUEST -> new Step.ExpectRequest(within(fields));
            case EXPECT_UNREAD ->
                new Step.ExpectUnread(
                        fields.integer("bytes", 1, ServerConnection.BUFFER).orElse(1), within(fields));
            case FENCE -> fence(fields);
            case ECHO -> new Step.Echo(fields.integer("count", 1, Integer.MAX_VALUE));
            case PAUSE -> new Step.Pause(millis(fields, "ms", Duration.ZERO));
            case SIGNAL -> new Step.Signal(name(fields));
            case AWAIT -> new Step.Await(name(fields), within(fields));
            case STOP_READING -> new Step.StopReading();
            case RESUME_READING -> new Step.ResumeReading();
            case END_TCP -> new Step.EndTcp(fields.choice("how", TcpEnd.class).orElse(TcpEnd.FIN));
            case HANG -> new Step.Hang();
            // These have no JSON form.
            case CONVERSE, TELL -> throw unknown(kind.word(), fields);
        };
    }

    private static ScenarioSyntaxException unknown(String op, JsonFields fields) {
        return fields.error(
                "op",
                "expected the name of a step, got " + JsonText.of(op)
                        + NearestNames.question(op, FormatWord.words(StepKind.class)));
    }

    private static String name(JsonFields fields) throws ScenarioSyntaxException {
        return fields.string("name")
                .orElseThrow(() -> fields.error("name", "expected the name of a signal, got nothing"));
    }

    private static Step.SendFrame sendFrame(JsonFields fields) throws ScenarioSyntaxException {
        OptionalInt form = fields.integer("length_form", 7, 64);
        if (form.isPresent() && !Set.of(7, 16, 64).contains(form.getAsInt())) {
            throw fields.error("length_form", "expected 7, 16 or 64, got " + form.getAsInt());
        }
        OptionalInt opcode = fields.integer("opcode", 0, 15);
        if (opcode.isEmpty()) {
            throw fields.error("opcode", "expected an integer from 0 to 15, got nothing");
        }
        return new Step.SendFrame(
                opcode.getAsInt(),
                fields.flag("fin", true) ? FrameHeader.Fin.LAST : FrameHeader.Fin.MORE,
                fields.integer("rsv", 0, 7).orElse(0),
                payload(fields),
                mask(fields),
                fields.unsigned("length"),
                form,
                chop(fields));
    }

    private static OptionalInt mask(JsonFields fields) throws ScenarioSyntaxException {
        Optional<String> text = fields.string("mask");
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!text.get().matches("[0-9a-fA-F]{8}")) {
            throw fields.error("mask", "expected 8 hex digits, got " + JsonText.of(text.get()));
        }
        return OptionalInt.of(Integer.parseUnsignedInt(text.get(), 16));
    }

    private static Step.ExpectPing expectPing(JsonFields fields) throws ScenarioSyntaxException {
        Answer answer = fields.flag("answer", false) ? Answer.ANSWERED : Answer.UNANSWERED;
        return new Step.ExpectPing(optionalBytes(fields), answer, within(fields));
    }

    private static Step.ExpectClose expectClose(JsonFields fields) throws ScenarioSyntaxException {
        Set<Integer> codes = new HashSet<>(fields.integers("codes", 0, 65_535));
        OptionalInt code = fields.integer("code", 0, 65_535);
        code.ifPresent(codes::add);
        CloseForm form = CloseForm.ANY;
        if (fields.has("empty")) {
            form = fields.flag("empty", true) ? CloseForm.EMPTY : CloseForm.WITH_CODE;
        }
        Answer answer = fields.flag("answer", true) ? Answer.ANSWERED : Answer.UNANSWERED;
        return new Step.ExpectClose(codes, fields.string("reason"), form, answer, within(fields));
    }

    private static Step.Fence fence(JsonFields fields) throws ScenarioSyntaxException {
        Optional<Bytes> content = optionalBytes(fields);
        if (content.isPresent() && content.get().length() > 125) {
            throw fields.error(
                    "data", "expected at most 125 bytes, got " + content.get().length());
        }
        return new Step.Fence(content, within(fields));
    }

    private static PayloadSpec closePayload(JsonFields fields) throws ScenarioSyntaxException {
        OptionalInt code = fields.integer("code", 0, 65_535);
        Optional<String> reason = fields.string("reason");
        if (code.isPresent()) {
            return PayloadSpec.of(
                    CloseStatus.of(code.getAsInt(), reason.orElse("")).payload());
        }
        if (reason.isPresent()) {
            throw fields.error("reason", "expected a code with the reason, got none");
        }
        return payload(fields);
    }

    /** The payload of a step. Without {@code text} and {@code data} it is empty. */
    static PayloadSpec payload(JsonFields fields) throws ScenarioSyntaxException {
        OptionalInt size = fields.integer("size", 0, PayloadSpec.MAX_SIZE);
        return new PayloadSpec(bytes(fields).orElse(Bytes.EMPTY), size);
    }

    private static Optional<Bytes> bytes(JsonFields fields) throws ScenarioSyntaxException {
        Optional<String> text = fields.string("text");
        Optional<Bytes> data = fields.base64("data");
        if (text.isPresent() && data.isPresent()) {
            throw fields.error("data", "expected text or data, got both");
        }
        return text.isPresent() ? text.map(Bytes::utf8) : data;
    }

    private static Optional<Bytes> optionalBytes(JsonFields fields) throws ScenarioSyntaxException {
        boolean present = fields.has("text") || fields.has("data");
        PayloadSpec payload = payload(fields);
        return present ? Optional.of(payload.content()) : Optional.empty();
    }

    static OptionalInt chop(JsonFields fields) throws ScenarioSyntaxException {
        return fields.integer("chop", 1, PayloadSpec.MAX_SIZE);
    }

    static Duration within(JsonFields fields) throws ScenarioSyntaxException {
        return millis(fields, "within", Step.WITHIN);
    }

    static Duration millis(JsonFields fields, String field, Duration otherwise) throws ScenarioSyntaxException {
        OptionalInt ms = fields.integer(field, 0, LONGEST_WAIT_MS);
        return ms.isPresent() ? Duration.ofMillis(ms.getAsInt()) : otherwise;
    }
}
