package io.wstck.tck.autobahn.serve;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The path and the parameters of a driver's request.
 *
 * @param path the target up to the question mark, unchanged
 * @param parameters the decoded parameters, without those that have no value
 */
record DriverQuery(String path, Map<String, List<String>> parameters) {
    /** Parses {@code target}, which is a path or a whole URL. */
    static DriverQuery of(String target) {
        String local = target.replaceFirst("(?i)^(https?|wss?)://[^/?]*", "");
        int mark = local.indexOf('?');
        String path = mark < 0 ? local : local.substring(0, mark);
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair :
                mark < 0 ? List.<String>of() : List.of(local.substring(mark + 1).split("&"))) {
            int equals = pair.indexOf('=');
            if (equals > 0 && equals < pair.length() - 1) {
                parameters
                        .computeIfAbsent(decoded(pair.substring(0, equals)), _ -> new ArrayList<>())
                        .add(decoded(pair.substring(equals + 1)));
            }
        }
        return new DriverQuery(path, parameters);
    }

    /** Decodes escapes. Some drivers do not escape names of agents, so invalid escapes stay unchanged. */
    private static String decoded(String text) {
        // The text of a request is Latin-1, with one character for each byte.
        String utf8 = new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        try {
            return URLDecoder.decode(utf8, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noEscape) {
            return utf8;
        }
    }

    /**
     * The value of the parameter {@code name}, if it is given.
     *
     * @throws BadRequestException if it is given more than once
     */
    Optional<String> value(String name) throws BadRequestException {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new BadRequestException(
                    "the parameter " + name + ": expected it once, got it " + values.size() + " times");
        }
        return values.stream().findFirst();
    }

    /**
     * The value of the parameter {@code name}.
     *
     * @throws BadRequestException unless it is given exactly once
     */
    String required(String name) throws BadRequestException {
        return value(name)
                .orElseThrow(() -> new BadRequestException("the parameter " + name + ": expected a value, got none"));
    }
}
