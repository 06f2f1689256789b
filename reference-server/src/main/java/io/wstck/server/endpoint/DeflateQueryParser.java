package io.wstck.server.endpoint;

import io.wstck.server.wire.deflate.ContextTakeover;
import io.wstck.server.wire.deflate.DeflateAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Parses the query parameter {@code deflate}: {@code on}, {@code off}, or permessage-deflate parameters separated by
 * commas.
 */
final class DeflateQueryParser {
    private DeflateQueryParser() {}

    static Optional<DeflateAnswer> parse(String value) throws BadQueryException {
        if (value.equals("off")) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : value.equals("on") ? List.<String>of() : List.of(value.split(",", -1))) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (parameters.put(name, equals < 0 ? "" : parameter.substring(equals + 1)) != null) {
                throw new BadQueryException("\"deflate\" has " + name + " twice.");
            }
        }
        DeflateAnswer answer = new DeflateAnswer(
                hasFlag(parameters, "server_no_context_takeover") ? ContextTakeover.NONE : ContextTakeover.SLIDING,
                hasFlag(parameters, "client_no_context_takeover")
                        ? DeflateAnswer.ParameterUse.ALWAYS
                        : DeflateAnswer.ParameterUse.NEVER,
                bits(parameters, "server_max_window_bits"),
                bits(parameters, "client_max_window_bits"));
        if (!parameters.isEmpty()) {
            throw new BadQueryException("\"deflate\" must be on, off, or some of server_no_context_takeover,"
                    + " client_no_context_takeover, server_max_window_bits=8..15 and client_max_window_bits=8..15,"
                    + " and has " + parameters.keySet() + ".");
        }
        return Optional.of(answer);
    }

    private static boolean hasFlag(Map<String, String> parameters, String name) throws BadQueryException {
        Optional<String> value = Optional.ofNullable(parameters.remove(name));
        if (value.isPresent() && !value.get().isEmpty()) {
            throw new BadQueryException("\"" + name + "\" must have no value.");
        }
        return value.isPresent();
    }

    private static OptionalInt bits(Map<String, String> parameters, String name) throws BadQueryException {
        Optional<String> value = Optional.ofNullable(parameters.remove(name));
        return value.isPresent() ? OptionalInt.of(Query.integerOf(name, value.get(), 8, 15)) : OptionalInt.empty();
    }
}
