package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.wstck.server.text.Excerpt;
import io.wstck.server.text.ResourceText;
import io.wstck.tck.judge.MeasuredTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Encodes the requests of the agent protocol, and validates answers by its schema ({@code protocol.schema.json}).
 * Thread-safe.
 */
final class AgentProtocol {
    static final int VERSION = 1;

    /** Room for a message of 64 MiB as base64, the largest that the reference server sends. */
    static final int MAX_LINE = 96 << 20;

    private static final String SCHEMA = "/io/wstck/tck/agent/protocol.schema.json";
    private static final String SCHEMA_ID = "urn:wstck:agent-protocol:1";
    private static final String ELAPSED = "elapsed_ms";

    private static final int MAX_SHOWN = 200;

    private final ObjectMapper json = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MAX_LINE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final Map<Operation, Schema> answers = new EnumMap<>(Operation.class);
    private final JsonNode schema;

    AgentProtocol() {
        String text = ResourceText.read(AgentProtocol.class, SCHEMA);
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(SCHEMA_ID, text)));
        for (Operation operation : Operation.values()) {
            answers.put(operation, registry.getSchema(SchemaLocation.of(SCHEMA_ID + "#" + answerPath(operation))));
        }
        try {
            schema = json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(SCHEMA + " is no JSON: " + e.getMessage(), e);
        }
    }

    /** An invalid message of an agent. The text says what was expected and what came. */
    static final class BadMessageException extends Exception {
        private static final long serialVersionUID = 1L;

        BadMessageException(String sentence) {
            super(sentence);
        }
    }

    /** Creates a request without an id. */
    ObjectNode request(Operation operation) {
        return json.createObjectNode().put("op", operation.word());
    }

    /** Encodes a request as one line. */
    byte[] line(ObjectNode request) {
        try {
            byte[] text = json.writeValueAsBytes(request);
            byte[] line = java.util.Arrays.copyOf(text, text.length + 1);
            line[text.length] = '\n';
            return line;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request cannot be written as JSON: " + e.getMessage(), e);
        }
    }

    /**
     * Parses a line as an object with an integer id.
     *
     * @throws BadMessageException if it is something else
     */
    ObjectNode parse(LineReader.Line line) throws BadMessageException {
        JsonNode message;
        try {
            message = json.readTree(line.bytes(), line.offset(), line.length());
        } catch (IOException e) {
            throw new BadMessageException("expected a JSON object a line, got " + shown(line));
        }
        if (message instanceof ObjectNode object
                && object.path("id").isIntegralNumber()
                && object.path("id").canConvertToLong()) {
            return object;
        }
        throw new BadMessageException("expected an object with the id of a request, got " + shown(line));
    }

    /**
     * Reads the answer to a request.
     *
     * @throws BadMessageException if it is not a valid answer to this operation
     */
    Answer answer(Operation operation, ObjectNode message) throws BadMessageException {
        List<Error> errors = answers.get(operation).validate(message);
        if (!errors.isEmpty()) {
            throw new BadMessageException("answers `" + operation.word() + "` with " + shown(message) + ": expected "
                    + expected(operation) + reason(errors));
        }
        if (message.has("unsupported")) {
            return new Answer.Unsupported(message.path("unsupported").asText());
        }
        if (message.has("trouble")) {
            return new Answer.Trouble(message.path("trouble").asText());
        }
        return new Answer.Results((ArrayNode) message.path("results"));
    }

    /**
     * The duration of the client's own call in milliseconds, as the agent measured it; empty if it did not.
     *
     * @param took time from the request to its answer
     * @throws BadMessageException if the client's call took longer than that
     */
    OptionalDouble elapsed(Operation operation, ObjectNode message, Duration took) throws BadMessageException {
        if (!message.has(ELAPSED)) {
            return OptionalDouble.empty();
        }
        double elapsed = message.path(ELAPSED).doubleValue();
        double most = took.toNanos() / 1e6;
        if (elapsed > most + MeasuredTime.TOLERANCE_MS) {
            throw new BadMessageException(String.format(
                    Locale.ROOT,
                    "answers `%s` with an elapsed_ms of %s: expected at most the %.1f ms from the request to its answer",
                    operation.word(),
                    message.path(ELAPSED),
                    most));
        }
        return OptionalDouble.of(elapsed);
    }

    /** The results that an operation expects, in words. */
    String expected(Operation operation) {
        return schema.at(answerPath(operation)).path("description").asText();
    }

    /** The error, if there is exactly one. For alternatives the schema reports an error each, which does not help. */
    private static String reason(List<Error> errors) {
        return errors.size() == 1
                ? " (" + errors.getFirst().getInstanceLocation() + ": "
                        + errors.getFirst().getMessage() + ")"
                : "";
    }

    private static String answerPath(Operation operation) {
        return "/$defs/" + operation.word() + "-answer";
    }

    /** The agent's message, shortened. */
    private static String shown(JsonNode message) {
        JsonNode results = message.path("results");
        boolean single = message.size() == 2 && results.isArray() && results.size() == 1;
        return Excerpt.withEllipsis(single ? results.get(0).toString() : message.toString(), MAX_SHOWN);
    }

    private static String shown(LineReader.Line line) {
        int length = Math.min(line.length(), 4 * MAX_SHOWN);
        return Excerpt.withEllipsis(
                '"' + new String(line.bytes(), line.offset(), length, StandardCharsets.UTF_8) + '"', MAX_SHOWN);
    }
}
