package io.wstck.server.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.wstck.server.text.Excerpt;
import io.wstck.server.text.FormatWord;
import io.wstck.server.text.NearestNames;
import io.wstck.server.wire.Bytes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the fields of one JSON object strictly. A wrong type or an unknown field is an error with its path. One thread.
 */
final class JsonFields {
    private final JsonNode node;
    private final String path;
    private final Set<String> known = new HashSet<>();

    private JsonFields(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    static JsonFields of(JsonNode node, String path) throws ScenarioSyntaxException {
        if (!node.isObject()) {
            throw new ScenarioSyntaxException(path, "expected an object, got " + describe(node));
        }
        return new JsonFields(node, path);
    }

    String path(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    ScenarioSyntaxException error(String field, String problem) {
        return new ScenarioSyntaxException(path(field), problem);
    }

    /** An error about the object itself. */
    ScenarioSyntaxException error(String problem) {
        return new ScenarioSyntaxException(path, problem);
    }

    boolean has(String field) {
        return !get(field).isMissingNode();
    }

    /** The field, or a missing node. JSON null counts as missing. */
    JsonNode get(String field) {
        known.add(field);
        JsonNode value = node.path(field);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    /** Checks that all fields were read. The caller calls this last. */
    void checkNoUnknownFields() throws ScenarioSyntaxException {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!known.contains(field.getKey())) {
                throw error(
                        field.getKey(),
                        "unknown field; expected one of " + new TreeSet<>(known)
                                + NearestNames.question(field.getKey(), known));
            }
        }
    }

    Optional<String> string(String field) throws ScenarioSyntaxException {
        JsonNode value = get(field);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw error(field, "expected a string, got " + describe(value));
        }
        return Optional.of(value.textValue());
    }

    boolean flag(String field, boolean otherwise) throws ScenarioSyntaxException {
        JsonNode value = get(field);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw error(field, "expected true or false, got " + describe(value));
        }
        return value.booleanValue();
    }

    OptionalInt integer(String field, int lowest, int highest) throws ScenarioSyntaxException {
        JsonNode value = get(field);
        return value.isMissingNode()
                ? OptionalInt.empty()
                : OptionalInt.of(integerOf(value, path(field), lowest, highest));
    }

    List<Integer> integers(String field, int lowest, int highest) throws ScenarioSyntaxException {
        List<Integer> values = new ArrayList<>();
        for (JsonNode element : array(field)) {
            values.add(integerOf(element, path(field) + "[" + values.size() + "]", lowest, highest));
        }
        return values;
    }

    private static int integerOf(JsonNode value, String where, int lowest, int highest) throws ScenarioSyntaxException {
        // Lua has no integers, so 5.0 counts as one.
        boolean whole = value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
        if (!whole || value.doubleValue() < lowest || value.doubleValue() > highest) {
            throw new ScenarioSyntaxException(
                    where, "expected an integer from " + lowest + " to " + highest + ", got " + describe(value));
        }
        return (int) value.doubleValue();
    }

    /** A 64-bit unsigned number: a JSON integer, or a decimal string. */
    OptionalLong unsigned(String field) throws ScenarioSyntaxException {
        JsonNode value = get(field);
        if (value.isMissingNode()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseUnsignedLong(
                    value.isNumber() ? value.decimalValue().stripTrailingZeros().toPlainString() : value.asText()));
        } catch (NumberFormatException notUnsigned) {
            throw error(field, "expected a number from 0 to 18446744073709551615, got " + describe(value));
        }
    }

    Optional<Bytes> base64(String field) throws ScenarioSyntaxException {
        Optional<String> text = string(field);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Bytes.owning(Base64.getDecoder().decode(text.get())));
        } catch (IllegalArgumentException notBase64) {
            throw error(field, "expected base64, got " + Bytes.utf8(text.get()));
        }
    }

    <E extends Enum<E> & FormatWord> Optional<E> choice(String field, Class<E> type) throws ScenarioSyntaxException {
        Optional<String> text = string(field);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<E> chosen = FormatWord.find(type, text.get());
        if (chosen.isEmpty()) {
            throw error(field, "expected one of " + FormatWord.words(type) + ", got " + Bytes.utf8(text.get()));
        }
        return chosen;
    }

    /**
     * The elements of an array. A missing field has none. Neither has an empty object, which Lua writes for an empty
     * list.
     */
    List<JsonNode> array(String field) throws ScenarioSyntaxException {
        JsonNode value = get(field);
        if (value.isMissingNode() || (value.isObject() && value.isEmpty())) {
            return List.of();
        }
        if (!value.isArray()) {
            throw error(field, "expected an array, got " + describe(value));
        }
        List<JsonNode> elements = new ArrayList<>();
        value.forEach(elements::add);
        return elements;
    }

    /** A JSON value for messages, cut when it is long. */
    static String describe(JsonNode value) {
        if (value.isMissingNode()) {
            return "nothing";
        }
        return Excerpt.withEllipsis(value.toString(), 80);
    }
}
