package io.wstck.server.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.scenario.HandshakeAnswer.AfterAnswer;
import io.wstck.server.scenario.HandshakeAnswer.Subprotocol;
import io.wstck.server.wire.Header;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads sessions, scenarios and handshake answers from their JSON form. */
final class SessionParser {
    private static final Set<String> STANDARD_HEADERS = Set.of("upgrade", "connection", "sec-websocket-accept");

    private SessionParser() {}

    static SessionSpec parse(JsonNode json) throws ScenarioSyntaxException {
        JsonFields fields = JsonFields.of(json, "");
        if (!fields.has("servers")) {
            return SessionSpec.of(scenario(json, ""));
        }
        String name = fields.string("name").orElse("");
        JsonNode servers = fields.get("servers");
        if (!servers.isObject() || servers.isEmpty()) {
            throw fields.error("servers", "expected an object with a scenario, got " + JsonFields.describe(servers));
        }
        Map<String, Scenario> scenarios = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> server : servers.properties()) {
            if (!server.getKey().matches("[A-Za-z0-9_.-]{1,64}")) {
                throw fields.error(
                        "servers",
                        "expected names of 1 to 64 letters, digits, '-', '_' and '.', got "
                                + JsonFields.describe(JsonText.of(server.getKey())));
            }
            scenarios.put(server.getKey(), scenario(server.getValue(), "servers." + server.getKey()));
        }
        fields.end();
        return new SessionSpec(name, scenarios);
    }

    private static Scenario scenario(JsonNode json, String path) throws ScenarioSyntaxException {
        JsonFields fields = JsonFields.of(json, path);
        // A single scenario may carry a session's name.
        var _ = path.isEmpty() ? fields.string("name") : Optional.empty();
        Scenario.Listener listener =
                fields.choice("listener", Scenario.Listener.class).orElse(Scenario.Listener.SHARED);
        List<Step> tcp = steps(fields, "tcp");
        HandshakeAnswer handshake = fields.has("handshake")
                ? handshake(fields.get("handshake"), fields.path("handshake"))
                : HandshakeAnswer.accepting();
        List<Step> frames = steps(fields, "frames");
        fields.end();
        checkPlaces(fields, tcp, frames);
        if (listener == Scenario.Listener.SHARED) {
            checkShared(fields, tcp, handshake);
        }
        checkGlue(fields, handshake, frames);
        return new Scenario(listener, tcp, handshake, frames);
    }

    private static List<Step> steps(JsonFields fields, String field) throws ScenarioSyntaxException {
        List<Step> steps = new ArrayList<>();
        for (JsonNode step : fields.array(field)) {
            steps.add(StepParser.parse(step, fields.path(field) + "[" + steps.size() + "]"));
        }
        return steps;
    }

    private static void checkPlaces(JsonFields fields, List<Step> tcp, List<Step> frames)
            throws ScenarioSyntaxException {
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i) instanceof Step.ExpectRequest) {
                throw fields.error("frames[" + i + "]", "expect-request belongs to the tcp steps");
            }
        }
        for (int i = 0; i < tcp.size(); i++) {
            boolean fits = switch (tcp.get(i)) {
                case Step.SendBytes _ -> true;
                case Step.Drip _ -> true;
                case Step.ExpectRequest _ -> true;
                case Step.ExpectEnd _ -> true;
                case Step.ExpectFailed _ -> true;
                case Step.Pause _ -> true;
                case Step.StopReading _ -> true;
                case Step.ResumeReading _ -> true;
                case Step.EndTcp _ -> true;
                case Step.Hang _ -> true;
                default -> false;
            };
            if (!fits) {
                throw fields.error("tcp[" + i + "]", tcp.get(i).op() + " needs frames; expected a step about TCP");
            }
        }
    }

    private static void checkShared(JsonFields fields, List<Step> tcp, HandshakeAnswer handshake)
            throws ScenarioSyntaxException {
        String problem = "needs \"listener\": \"own\"";
        if (!tcp.isEmpty()) {
            throw fields.error("tcp", problem);
        }
        if (handshake.raw().isPresent()) {
            throw fields.error("handshake.raw", problem);
        }
        if (handshake.glue() > 0) {
            throw fields.error("handshake.glue", problem);
        }
        if (handshake.chop().isPresent()) {
            throw fields.error("handshake.chop", problem);
        }
    }

    private static void checkGlue(JsonFields fields, HandshakeAnswer handshake, List<Step> frames)
            throws ScenarioSyntaxException {
        boolean fits = handshake.glue() <= frames.size()
                && frames.stream().limit(handshake.glue()).allMatch(Step.Send.class::isInstance);
        if (!fits) {
            throw fields.error(
                    "handshake.glue", "expected so many leading send steps in frames, got " + handshake.glue());
        }
    }

    private static HandshakeAnswer handshake(JsonNode json, String path) throws ScenarioSyntaxException {
        JsonFields fields = JsonFields.of(json, path);
        int status = fields.integer("status", 100, 999).orElse(HandshakeAnswer.SWITCHING_PROTOCOLS);
        HandshakeAnswer answer = new HandshakeAnswer(
                status,
                fields.string("phrase").orElse(Phrases.of(status)),
                headers(fields),
                omit(fields),
                set(fields),
                subprotocol(fields),
                fields.string("body"),
                fields.base64("raw"),
                fields.integer("glue", 0, 10_000).orElse(0),
                fields.integer("chop", 1, PayloadSpec.MAX_SIZE),
                fields.flag("keep_open", false) ? AfterAnswer.KEEP_OPEN : AfterAnswer.END);
        fields.end();
        return answer;
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

    private static Subprotocol subprotocol(JsonFields fields) throws ScenarioSyntaxException {
        String choice = fields.string("protocol").orElse("none");
        if (choice.startsWith("=")) {
            return new Subprotocol.Exactly(choice.substring(1));
        }
        return switch (choice) {
            case "first" -> Subprotocol.Offered.FIRST;
            case "last" -> Subprotocol.Offered.LAST;
            case "none" -> Subprotocol.Offered.NONE;
            default ->
                throw fields.error("protocol", "expected first, last, none or =token, got " + JsonText.of(choice));
        };
    }
}
