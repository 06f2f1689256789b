package io.wstck.server.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.scenario.HandshakeAnswer.AfterAnswer;
import io.wstck.server.scenario.HandshakeAnswer.SubprotocolSelection;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.deflate.ContextTakeover;
import io.wstck.server.wire.deflate.DeflateAnswer;
import io.wstck.server.wire.deflate.DeflateParameters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Parses handshake answers from their JSON form. */
final class HandshakeAnswerParser {
    private static final Set<String> STANDARD_HEADERS = Set.of("upgrade", "connection", "sec-websocket-accept");

    private static final String AS_OFFERED = "as-offered";
    private static final String IF_OFFERED = "if-offered";

    private HandshakeAnswerParser() {}

    static HandshakeAnswer parse(JsonNode json, String path) throws ScenarioSyntaxException {
        JsonFields fields = JsonFields.of(json, path);
        int status = fields.integer("status", 100, 999).orElse(HandshakeAnswer.SWITCHING_PROTOCOLS);
        HandshakeAnswer answer = new HandshakeAnswer(
                status,
                fields.string("phrase").orElse(ReasonPhrases.of(status)),
                location(fields),
                headers(fields),
                omit(fields),
                set(fields),
                fields.choice("accept", AcceptHeaderForm.class).orElse(AcceptHeaderForm.RIGHT),
                subprotocol(fields),
                deflate(fields),
                fields.string("body"),
                fields.base64("raw"),
                fields.integer("glue", 0, 10_000).orElse(0),
                fields.integer("chop", 1, PayloadSpec.MAX_SIZE),
                fields.flag("keep_open", false) ? AfterAnswer.KEEP_OPEN : AfterAnswer.END);
        fields.checkNoUnknownFields();
        return answer;
    }

    /** The location: the name of a server, or an object with the name and the scheme. */
    private static Optional<RedirectLocation> location(JsonFields fields) throws ScenarioSyntaxException {
        JsonNode value = fields.get("location");
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (value.isTextual()) {
            return Optional.of(new RedirectLocation(value.textValue(), RedirectLocation.Scheme.WS));
        }
        JsonFields parts = JsonFields.of(value, fields.path("location"));
        RedirectLocation location = new RedirectLocation(
                parts.string("server").orElseThrow(() -> parts.error("server", "expected the name of a server")),
                parts.choice("scheme", RedirectLocation.Scheme.class).orElse(RedirectLocation.Scheme.WS));
        parts.checkNoUnknownFields();
        return Optional.of(location);
    }

    private static List<Header> headers(JsonFields fields) throws ScenarioSyntaxException {
        List<Header> headers = new ArrayList<>();
        for (JsonNode pair : fields.array("headers")) {
            if (!pair.isArray()
                    || pair.size() != 2
                    || !pair.get(0).isTextual()
                    || !pair.get(1).isTextual()) {
                throw fields.error(
                        "headers[" + headers.size() + "]", "expected [name, value], got " + JsonFields.describe(pair));
            }
            headers.add(new Header(pair.get(0).textValue(), pair.get(1).textValue()));
        }
        return headers;
    }

    private static Set<String> omit(JsonFields fields) throws ScenarioSyntaxException {
        Set<String> names = new HashSet<>();
        for (JsonNode name : fields.array("omit")) {
            names.add(standardHeader(fields, "omit", name.asText()));
        }
        return names;
    }

    private static Map<String, String> set(JsonFields fields) throws ScenarioSyntaxException {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : fields.get("set").properties()) {
            values.put(
                    standardHeader(fields, "set", field.getKey()),
                    field.getValue().asText());
        }
        return values;
    }

    private static String standardHeader(JsonFields fields, String field, String name) throws ScenarioSyntaxException {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!STANDARD_HEADERS.contains(lower)) {
            throw fields.error(field, "expected Upgrade, Connection or Sec-WebSocket-Accept, got " + JsonText.of(name));
        }
        return lower;
    }

    private static SubprotocolSelection subprotocol(JsonFields fields) throws ScenarioSyntaxException {
        String choice = fields.string("protocol").orElse("none");
        if (choice.startsWith("=")) {
            return new SubprotocolSelection.FixedToken(choice.substring(1));
        }
        return switch (choice) {
            case "first" -> SubprotocolSelection.OfferPosition.FIRST;
            case "last" -> SubprotocolSelection.OfferPosition.LAST;
            case "none" -> SubprotocolSelection.OfferPosition.NONE;
            default ->
                throw fields.error("protocol", "expected first, last, none or =token, got " + JsonText.of(choice));
        };
    }

    /**
     * The field {@code deflate}: {@code true}, {@code "as-offered"}, or an object of parameters. {@code false} means
     * absent.
     */
    private static Optional<DeflateAnswer> deflate(JsonFields fields) throws ScenarioSyntaxException {
        JsonNode value = fields.get("deflate");
        if (value.isTextual()) {
            if (!value.textValue().equals(AS_OFFERED)) {
                throw fields.error(
                        "deflate",
                        "expected true, \"as-offered\" or an object of parameters, got "
                                + JsonText.of(value.textValue()));
            }
            return Optional.of(DeflateAnswer.asOffered());
        }
        if (value.isMissingNode() || value.isBoolean()) {
            return value.asBoolean() ? Optional.of(DeflateAnswer.withoutParameters()) : Optional.empty();
        }
        JsonFields parameters = JsonFields.of(value, fields.path("deflate"));
        DeflateAnswer answer = new DeflateAnswer(
                takeover(parameters, "server_no_context_takeover"),
                clientNoTakeover(parameters),
                bits(parameters, "server_max_window_bits"),
                bits(parameters, "client_max_window_bits"));
        parameters.checkNoUnknownFields();
        return Optional.of(answer);
    }

    private static DeflateAnswer.ParameterUse clientNoTakeover(JsonFields parameters) throws ScenarioSyntaxException {
        String name = "client_no_context_takeover";
        JsonNode value = parameters.get(name);
        if (value.isTextual()) {
            if (!value.textValue().equals(IF_OFFERED)) {
                throw parameters.error(
                        name, "expected true, false or \"if-offered\", got " + JsonText.of(value.textValue()));
            }
            return DeflateAnswer.ParameterUse.IF_OFFERED;
        }
        return parameters.flag(name, false) ? DeflateAnswer.ParameterUse.ALWAYS : DeflateAnswer.ParameterUse.NEVER;
    }

    private static ContextTakeover takeover(JsonFields parameters, String name) throws ScenarioSyntaxException {
        return parameters.flag(name, false) ? ContextTakeover.NONE : ContextTakeover.SLIDING;
    }

    private static OptionalInt bits(JsonFields parameters, String name) throws ScenarioSyntaxException {
        return parameters.integer(name, DeflateParameters.MIN_BITS, DeflateParameters.MAX_BITS);
    }
}
