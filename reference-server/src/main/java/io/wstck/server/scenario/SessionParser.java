package io.wstck.server.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses sessions and scenarios from their JSON form. */
final class SessionParser {
    /** A host name: labels of lower-case letters, digits and hyphens, separated by dots (RFC 1123 §2.1). */
    private static final Pattern HOST =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private static final int MAX_HOST = 253;

    private SessionParser() {}

    static SessionSpec parse(JsonNode json) throws ScenarioSyntaxException {
        JsonFields fields = JsonFields.of(json, "");
        if (!fields.has("servers")) {
            SessionSpec spec = SessionSpec.of(behaviour(json, ""));
            checkLocations(fields, spec.servers());
            return spec;
        }
        String name = fields.string("name").orElse("");
        JsonNode servers = fields.get("servers");
        if (!servers.isObject() || servers.isEmpty()) {
            throw fields.error("servers", "expected an object with a scenario, got " + JsonFields.describe(servers));
        }
        Map<String, Behaviour> behaviours = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> server : servers.properties()) {
            if (!server.getKey().matches("[A-Za-z0-9_.-]{1,64}")) {
                throw fields.error(
                        "servers",
                        "expected names of 1 to 64 letters, digits, '-', '_' and '.', got "
                                + JsonFields.describe(JsonText.of(server.getKey())));
            }
            behaviours.put(server.getKey(), behaviour(server.getValue(), "servers." + server.getKey()));
        }
        fields.checkNoUnknownFields();
        checkLocations(fields, behaviours);
        return new SessionSpec(name, behaviours);
    }

    /** Checks that each redirect names a server of the session. */
    private static void checkLocations(JsonFields fields, Map<String, Behaviour> behaviours)
            throws ScenarioSyntaxException {
        for (Map.Entry<String, Behaviour> server : behaviours.entrySet()) {
            Optional<RedirectLocation> location = server.getValue().location();
            if (location.isPresent() && !behaviours.containsKey(location.get().server())) {
                throw fields.error(
                        "servers." + server.getKey() + ".handshake.location",
                        "expected the name of a server of the session, got "
                                + JsonText.of(location.get().server()));
            }
        }
    }

    private static Behaviour behaviour(JsonNode json, String path) throws ScenarioSyntaxException {
        JsonFields fields = JsonFields.of(json, path);
        // A single scenario may have the name of the session.
        var _ = path.isEmpty() ? fields.string("name") : Optional.empty();
        Optional<String> endpoint = fields.string("endpoint");
        if (endpoint.isPresent()) {
            fields.checkNoUnknownFields();
            return endpoint(fields, endpoint.get());
        }
        Scenario.ListenerKind listener =
                fields.choice("listener", Scenario.ListenerKind.class).orElse(Scenario.ListenerKind.SHARED);
        if (listener == Scenario.ListenerKind.UNREACHABLE) {
            fields.checkNoUnknownFields();
            return Scenario.unreachable();
        }
        return scenario(fields, listener);
    }

    private static EndpointTarget endpoint(JsonFields fields, String target) throws ScenarioSyntaxException {
        if (!target.startsWith("/")) {
            throw fields.error("endpoint", "expected a path, got " + JsonText.of(target));
        }
        return EndpointTarget.of(target);
    }

    private static Scenario scenario(JsonFields fields, Scenario.ListenerKind listener) throws ScenarioSyntaxException {
        Scenario.TlsMode tls = fields.choice("tls", Scenario.TlsMode.class).orElse(Scenario.TlsMode.PLAIN);
        Optional<String> host = host(fields);
        List<Step> tcp = steps(fields, "tcp");
        HandshakeAnswer handshake = fields.has("handshake")
                ? HandshakeAnswerParser.parse(fields.get("handshake"), fields.path("handshake"))
                : HandshakeAnswer.accepting();
        List<Step> frames = steps(fields, "frames");
        fields.checkNoUnknownFields();
        checkPlaces(fields, tcp, frames);
        if (listener == Scenario.ListenerKind.SHARED) {
            checkShared(fields, tls, host, tcp, handshake);
        }
        if (listener == Scenario.ListenerKind.OWN_DEFAULT_PORT && tls != Scenario.TlsMode.PLAIN) {
            throw fields.error("tls", "needs another listener: no certificate is for the address of a default port");
        }
        checkGlue(fields, handshake, frames);
        return new Scenario(listener, tls, host, tcp, handshake, frames);
    }

    private static Optional<String> host(JsonFields fields) throws ScenarioSyntaxException {
        Optional<String> host = fields.string("host");
        if (host.isPresent()
                && (host.get().length() > MAX_HOST || !HOST.matcher(host.get()).matches())) {
            throw fields.error("host", "expected a name such as server.example.test, got " + JsonText.of(host.get()));
        }
        return host;
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
            if (frames.get(i) instanceof Step.ExpectRequest || frames.get(i) instanceof Step.SendBytesUntilBlocked) {
                throw fields.error("frames[" + i + "]", frames.get(i).kind().word() + " belongs to the tcp steps");
            }
        }
        for (int i = 0; i < tcp.size(); i++) {
            boolean fits = switch (tcp.get(i)) {
                case Step.SendBytes _ -> true;
                case Step.SendBytesUntilBlocked _ -> true;
                case Step.Drip _ -> true;
                case Step.ExpectRequest _ -> true;
                case Step.ExpectEnd _ -> true;
                case Step.ExpectFailed _ -> true;
                case Step.Pause _ -> true;
                case Step.Signal _ -> true;
                case Step.Await _ -> true;
                case Step.StopReading _ -> true;
                case Step.ResumeReading _ -> true;
                case Step.EndTcp _ -> true;
                case Step.Hang _ -> true;
                default -> false;
            };
            if (!fits) {
                throw fields.error(
                        "tcp[" + i + "]", tcp.get(i).kind().word() + " needs frames; expected a step about TCP");
            }
        }
    }

    private static void checkShared(
            JsonFields fields, Scenario.TlsMode tls, Optional<String> host, List<Step> tcp, HandshakeAnswer handshake)
            throws ScenarioSyntaxException {
        String problem = "needs \"listener\": \"own\"";
        if (tls != Scenario.TlsMode.PLAIN) {
            throw fields.error("tls", problem);
        }
        if (host.isPresent()) {
            throw fields.error("host", problem);
        }
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
                    "handshake.glue",
                    "expected at most the number of leading send steps in frames, got " + handshake.glue());
        }
    }
}
