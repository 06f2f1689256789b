package io.wstck.server.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads sessions and scenarios from their JSON form. */
final class SessionParser {
    /** Labels of lower-case letters, digits and hyphens, with dots between them (RFC 1123 §2.1). */
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
        fields.end();
        checkLocations(fields, behaviours);
        return new SessionSpec(name, behaviours);
    }

    /** A redirect leads to a server of the session. */
    private static void checkLocations(JsonFields fields, Map<String, Behaviour> behaviours)
            throws ScenarioSyntaxException {
        for (Map.Entry<String, Behaviour> server : behaviours.entrySet()) {
            Optional<Location> location = server.getValue().location();
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
        // A single scenario may carry a session's name.
        var _ = path.isEmpty() ? fields.string("name") : Optional.empty();
        Optional<String> endpoint = fields.string("endpoint");
        if (endpoint.isPresent()) {
            fields.end();
            return endpoint(fields, endpoint.get());
        }
        Scenario.Listener listener =
                fields.choice("listener", Scenario.Listener.class).orElse(Scenario.Listener.SHARED);
        if (listener == Scenario.Listener.UNREACHABLE) {
            fields.end();
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

    private static Scenario scenario(JsonFields fields, Scenario.Listener listener) throws ScenarioSyntaxException {
        Scenario.Tls tls = fields.choice("tls", Scenario.Tls.class).orElse(Scenario.Tls.PLAIN);
        Optional<String> host = host(fields);
        List<Step> tcp = steps(fields, "tcp");
        HandshakeAnswer handshake = fields.has("handshake")
                ? HandshakeParser.parse(fields.get("handshake"), fields.path("handshake"))
                : HandshakeAnswer.accepting();
        List<Step> frames = steps(fields, "frames");
        fields.end();
        checkPlaces(fields, tcp, frames);
        if (listener == Scenario.Listener.SHARED) {
            checkShared(fields, tls, host, tcp, handshake);
        }
        if (listener == Scenario.Listener.OWN_DEFAULT_PORT && tls != Scenario.Tls.PLAIN) {
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
                throw fields.error("frames[" + i + "]", frames.get(i).op() + " belongs to the tcp steps");
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
                throw fields.error("tcp[" + i + "]", tcp.get(i).op() + " needs frames; expected a step about TCP");
            }
        }
    }

    private static void checkShared(
            JsonFields fields, Scenario.Tls tls, Optional<String> host, List<Step> tcp, HandshakeAnswer handshake)
            throws ScenarioSyntaxException {
        String problem = "needs \"listener\": \"own\"";
        if (tls != Scenario.Tls.PLAIN) {
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
                    "handshake.glue", "expected so many leading send steps in frames, got " + handshake.glue());
        }
    }
}
