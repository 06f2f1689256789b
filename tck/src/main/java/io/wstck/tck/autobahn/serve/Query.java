package io.wstck.tck.autobahn.serve;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request target, taken apart.
 *
 * @param path up to the question mark, as it came
 * @param parameters decoded; one without a value is none
 */
record Query(String path, Map<String, List<String>> parameters) {
    /** Takes {@code target}, a path or a whole URL, apart. */
    static Query of(String target) {
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
        return new Query(path, parameters);
    }

    /** Drivers escape agents, or do not: what is no escape stays as it is. */
    private static String decoded(String text) {
        // A request is read byte for byte, as Latin-1.
        String utf8 = new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        try {
            return URLDecoder.decode(utf8, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noEscape) {
            return utf8;
        }
    }

    /**
     * The value of {@code name}.
     *
     * @throws BadRequestException when it stands there more than once
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
     * The value of {@code name}.
     *
     * @throws BadRequestException when it does not stand there exactly once
     */
    String required(String name) throws BadRequestException {
        return value(name)
                .orElseThrow(() -> new BadRequestException("the parameter " + name + ": expected a value, got none"));
    }
}
