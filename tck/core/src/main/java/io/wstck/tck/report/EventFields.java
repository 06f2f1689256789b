package io.wstck.tck.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.text.Excerpt;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads the fields of one event from its JSON object, and checks their types. A field is required unless the method
 * says otherwise; errors name the place.
 *
 * @param where file and line
 */
record EventFields(JsonNode node, String where) {
    private static final int LONGEST_VALUE = 100;

    String text(String field) throws EventsException {
        return required(field, "a string", JsonNode::isTextual).asText();
    }

    int integer(String field) throws EventsException {
        return required(field, "an integer", value -> value.isIntegralNumber() && value.canConvertToInt())
                .asInt();
    }

    boolean has(String field) {
        return node.has(field);
    }

    long longInteger(String field) throws EventsException {
        return required(field, "an integer", value -> value.isIntegralNumber() && value.canConvertToLong())
                .asLong();
    }

    double number(String field) throws EventsException {
        return required(field, "a number", JsonNode::isNumber).asDouble();
    }

    EventFields object(String field) throws EventsException {
        return new EventFields(required(field, "an object", JsonNode::isObject), where);
    }

    /** A string, or the default for old files without the field. */
    String textOr(String field, String otherwise) throws EventsException {
        return node.has(field) ? text(field) : otherwise;
    }

    /** An integer, or the default for old files without the field. */
    int integerOr(String field, int otherwise) throws EventsException {
        return node.has(field) ? integer(field) : otherwise;
    }

    /** A list of strings; empty for old files without the field. */
    List<String> textsIfAny(String field) throws EventsException {
        return node.has(field) ? texts(field) : List.of();
    }

    /** An object; empty if the field is absent. */
    Optional<EventFields> objectIfAny(String field) throws EventsException {
        return node.has(field) ? Optional.of(object(field)) : Optional.empty();
    }

    /** A list of objects; empty for old files without the field. */
    List<EventFields> objectsIfAny(String field) throws EventsException {
        List<EventFields> objects = new ArrayList<>();
        if (node.has(field)) {
            for (JsonNode item : required(field, "a list of objects", JsonNode::isArray)) {
                if (!item.isObject()) {
                    throw unexpected(field, "a list of objects", node.get(field));
                }
                objects.add(new EventFields(item, where));
            }
        }
        return objects;
    }

    List<String> texts(String field) throws EventsException {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : required(field, "a list of strings", JsonNode::isArray)) {
            if (!item.isTextual()) {
                throw unexpected(field, "a list of strings", node.get(field));
            }
            texts.add(item.asText());
        }
        return texts;
    }

    <T> T parsedOr(String field, String kind, Function<String, T> parser, T otherwise) throws EventsException {
        return node.has(field) ? parsed(field, kind, parser) : otherwise;
    }

    <T> T parsed(String field, String kind, Function<String, T> parser) throws EventsException {
        String text = text(field);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new EventsException(
                    where + ": expected " + kind + " as \"" + field + "\", found \"" + excerpt(text) + "\"", e);
        }
    }

    private JsonNode required(String field, String kind, Predicate<JsonNode> shape) throws EventsException {
        JsonNode value = node.path(field);
        if (!shape.test(value)) {
            throw unexpected(field, kind, value);
        }
        return value;
    }

    /** A value from the file, shortened and escaped for a message. */
    static String excerpt(String text) {
        return EscapedText.line(Excerpt.withRest(text, LONGEST_VALUE));
    }

    private EventsException unexpected(String field, String kind, JsonNode value) {
        String found = value.isMissingNode() ? "none" : excerpt(value.toString());
        return new EventsException(where + ": expected " + kind + " as \"" + field + "\", found " + found);
    }
}
