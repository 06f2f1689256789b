package io.wstck.server.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.scenario.Step.Send;
import io.wstck.server.wire.Compression;
import io.wstck.server.wire.InflateResult.ContextDependency;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.deflate.DeflateForm;
import io.wstck.server.wire.deflate.DeflateForm.BlockType;
import io.wstck.server.wire.deflate.DeflateForm.Trait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Parses the steps that send or expect messages, or that send until the client stops reading, from their JSON form. */
final class MessageStepParser {
    private static final int MOST_BYTES = 1 << 30;

    private MessageStepParser() {}

    static Step.SendMessage send(JsonFields fields) throws ScenarioSyntaxException {
        List<Send> interleave = new ArrayList<>();
        for (JsonNode step : fields.array("interleave")) {
            String path = fields.path("interleave") + "[" + interleave.size() + "]";
            if (!(StepParser.parse(step, path) instanceof Send send)) {
                throw new ScenarioSyntaxException(path, "expected a send step, got " + JsonFields.describe(step));
            }
            interleave.add(send);
        }
        return new Step.SendMessage(
                type(fields),
                StepParser.payload(fields),
                fragments(fields),
                compress(fields),
                StepParser.chop(fields),
                interleave);
    }

    private static MessageType type(JsonFields fields) throws ScenarioSyntaxException {
        return fields.choice("type", MessageType.class).orElse(MessageType.TEXT);
    }

    private static Fragmentation fragments(JsonFields fields) throws ScenarioSyntaxException {
        List<Integer> sizes = fields.integers("fragments", 0, PayloadSpec.MAX_SIZE);
        OptionalInt size = fields.integer("fragment_size", 1, PayloadSpec.MAX_SIZE);
        if (size.isPresent() && !sizes.isEmpty()) {
            throw fields.error("fragment_size", "expected fragments or fragment_size, got both");
        }
        if (size.isPresent()) {
            return new Fragmentation.EqualSizes(size.getAsInt());
        }
        return sizes.isEmpty() ? new Fragmentation.SingleFrame() : new Fragmentation.ExplicitSizes(sizes);
    }

    /** The field {@code compress}: {@code true}, or an object. {@code false} means absent. */
    private static Optional<DeflateForm> compress(JsonFields fields) throws ScenarioSyntaxException {
        JsonNode value = fields.get("compress");
        if (value.isMissingNode() || value.isBoolean()) {
            return value.asBoolean() ? Optional.of(DeflateForm.standard()) : Optional.empty();
        }
        JsonFields form = JsonFields.of(value, fields.path("compress"));
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        trait(form, "empty_blocks", Trait.EMPTY_BLOCKS, traits);
        trait(form, "final", Trait.FINAL, traits);
        trait(form, "fresh", Trait.FRESH, traits);
        trait(form, "keep_tail", Trait.KEEP_TAIL, traits);
        DeflateForm parsed = new DeflateForm(
                form.choice("blocks", BlockType.class).orElse(BlockType.DYNAMIC),
                form.integer("block_size", 1, PayloadSpec.MAX_SIZE),
                traits);
        form.checkNoUnknownFields();
        return Optional.of(parsed);
    }

    private static void trait(JsonFields form, String name, Trait trait, Set<Trait> traits)
            throws ScenarioSyntaxException {
        if (form.flag(name, false)) {
            traits.add(trait);
        }
    }

    static Step.SendUntilBlocked untilBlocked(JsonFields fields) throws ScenarioSyntaxException {
        return new Step.SendUntilBlocked(
                type(fields),
                StepParser.payload(fields),
                fields.flag("numbered", false) ? Step.Numbering.NUMBERED : Step.Numbering.NONE,
                fields.integer("limit", 1, MOST_BYTES).orElse(PayloadSpec.MAX_SIZE),
                StepParser.millis(fields, "stuck", Duration.ofSeconds(1)),
                StepParser.millis(fields, "within", Duration.ofSeconds(15)));
    }

    static Step.SendBytesUntilBlocked bytesUntilBlocked(JsonFields fields) throws ScenarioSyntaxException {
        PayloadSpec payload = StepParser.payload(fields);
        if (payload.length() == 0) {
            throw fields.error("data", "expected bytes to repeat, got none");
        }
        return new Step.SendBytesUntilBlocked(
                payload,
                fields.integer("limit", 1, MOST_BYTES).orElse(PayloadSpec.MAX_SIZE),
                StepParser.millis(fields, "stuck", Duration.ofSeconds(1)),
                StepParser.millis(fields, "within", Duration.ofSeconds(15)));
    }

    static Step.ExpectMessage expect(JsonFields fields) throws ScenarioSyntaxException {
        boolean hasPayload = fields.has("text") || fields.has("data");
        OptionalInt size = fields.integer("size", 0, PayloadSpec.MAX_SIZE);
        return new Step.ExpectMessage(
                fields.choice("type", MessageType.class),
                hasPayload ? Optional.of(StepParser.payload(fields)) : Optional.empty(),
                size.isPresent() ? OptionalLong.of(size.getAsInt()) : OptionalLong.empty(),
                fields.string("sha256"),
                either(fields, "compressed", Compression.COMPRESSED, Compression.PLAIN),
                either(fields, "alone", ContextDependency.INDEPENDENT, ContextDependency.EARLIER_MESSAGES),
                StepParser.within(fields));
    }

    private static <T> Optional<T> either(JsonFields fields, String name, T whenTrue, T whenFalse)
            throws ScenarioSyntaxException {
        if (!fields.has(name)) {
            return Optional.empty();
        }
        return Optional.of(fields.flag(name, false) ? whenTrue : whenFalse);
    }
}
