package io.wstck.server.endpoint;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parses the query parameters of a request for an endpoint, and returns their values. Unknown, repeated and malformed
 * ones are errors.
 */
final class Query {
    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    static Query parse(String text, Set<String> known) throws BadQueryException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : text.isEmpty() ? List.<String>of() : List.of(text.split("&"))) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (!known.contains(name)) {
                throw new BadQueryException("Unknown parameter \"" + name + "\"; expected one of " + known + ".");
            }
            if (values.put(name, value) != null) {
                throw new BadQueryException("The parameter \"" + name + "\" is given twice.");
            }
        }
        return new Query(values);
    }

    private static String decode(String text) throws BadQueryException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new BadQueryException("\"" + text + "\" is not percent-encoded: " + malformed.getMessage() + ".");
        }
    }

    String text(String name, String otherwise) {
        String value = values.getOrDefault(name, "");
        return value.isEmpty() ? otherwise : value;
    }

    int integer(String name, int lowest, int highest, int otherwise) throws BadQueryException {
        String value = values.getOrDefault(name, "");
        return value.isEmpty() ? otherwise : integerOf(name, value, lowest, highest);
    }

    static int integerOf(String name, String value, int lowest, int highest) throws BadQueryException {
        if (value.matches("\\d{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= lowest && number <= highest) {
                return number;
            }
        }
        throw new BadQueryException(
                "\"%s\" must be an integer from %d to %d, and is \"%s\".".formatted(name, lowest, highest, value));
    }

    String choice(String name, List<String> choices) throws BadQueryException {
        String value = text(name, choices.getFirst());
        if (!choices.contains(value)) {
            throw new BadQueryException("\"" + name + "\" must be one of " + choices + ", and is \"" + value + "\".");
        }
        return value;
    }
}
