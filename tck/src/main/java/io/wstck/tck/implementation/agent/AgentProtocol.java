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
import io.wstck.tck.judge.Measured;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The messages of the protocol, and the schema that they must keep to ({@code protocol.schema.json}). Thread-safe. */
final class AgentProtocol {
    static final int VERSION = 1;

    /** A message of the 64 MiB that the reference server sends at most, as base64, and some room. */
    static final int MAX_LINE = 96 << 20;

    private static final String SCHEMA = "/io/wstck/tck/agent/protocol.schema.json";
    private static final String SCHEMA_ID = "urn:wstck:agent-protocol:1";
    private static final String ELAPSED = "elapsed_ms";

    private static final int SHOWN = 200;

    private final ObjectMapper json = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MAX_LINE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final Map<Operation, Schema> answers = new EnumMap<>(Operation.class);
    private final JsonNode schema;

    AgentProtocol() {
        String text = schemaText();
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

    /** What is wrong with a message of an agent, as a sentence that says what was expected and what came. */
    static final class BadMessageException extends Exception {
        private static final long serialVersionUID = 1L;

        BadMessageException(String sentence) {
            super(sentence);
        }
    }

    /** A request without its id. */
    ObjectNode request(Operation operation) {
        return json.createObjectNode().put("op", operation.word());
    }

    /** The line of a request. */
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
     * The object that a line holds, with a number that may be an id.
     *
     * @throws BadMessageException when it is none
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
     * The answer to a request.
     *
     * @throws BadMessageException when it is none to this operation
     */
    Answer answer(Operation operation, ObjectNode message) throws BadMessageException {
        List<Error> errors = answers.get(operation).validate(message);
        if (!errors.isEmpty()) {
            throw new BadMessageException("answers `" + operation.word() + "` with " + shown(message) + ": expected "
                    + expected(operation) + reasons(errors));
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
     * How long the client's own call took, as a valid answer tells it, in milliseconds.
     *
     * @param took from the request to its answer
     * @throws BadMessageException when the call would have taken longer than that
     */
    OptionalDouble elapsed(Operation operation, ObjectNode message, Duration took) throws BadMessageException {
        if (!message.has(ELAPSED)) {
            return OptionalDouble.empty();
        }
        double elapsed = message.path(ELAPSED).doubleValue();
        double most = took.toNanos() / 1e6;
        if (elapsed > most + Measured.GRAIN_MS) {
            throw new BadMessageException(String.format(
                    Locale.ROOT,
                    "answers `%s` with an elapsed_ms of %s: expected at most the %.1f ms from the request to its answer",
                    operation.word(),
                    message.path(ELAPSED),
                    most));
        }
        return OptionalDouble.of(elapsed);
    }

    /** What the results of an operation are, in words. */
    String expected(Operation operation) {
        return schema.at(answerPath(operation)).path("description").asText();
    }

    /** The one thing that is wrong. Where the schema has alternatives, it has a complaint about each, which helps nobody. */
    private static String reasons(List<Error> errors) {
        return errors.size() == 1
                ? " (" + errors.getFirst().getInstanceLocation() + ": "
                        + errors.getFirst().getMessage() + ")"
                : "";
    }

    private static String answerPath(Operation operation) {
        return "/$defs/" + operation.word() + "-answer";
    }

    /** What the agent gave, cut where it is long. */
    private static String shown(JsonNode message) {
        JsonNode results = message.path("results");
        boolean single = message.size() == 2 && results.isArray() && results.size() == 1;
        return Excerpt.withEllipsis(single ? results.get(0).toString() : message.toString(), SHOWN);
    }

    private static String shown(LineReader.Line line) {
        int length = Math.min(line.length(), 4 * SHOWN);
        return Excerpt.withEllipsis(
                '"' + new String(line.bytes(), line.offset(), length, StandardCharsets.UTF_8) + '"', SHOWN);
    }

    private static String schemaText() {
        try (InputStream in = AgentProtocol.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IllegalStateException("expected " + SCHEMA + " on the class path, found nothing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + SCHEMA, e);
        }
    }
}
