package io.wstck.server.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The specification of a session: the behaviour of each server by name, in order.
 *
 * @param name the name for people; may be empty
 */
public record SessionSpec(String name, Map<String, Behaviour> servers) {
    /** The default server of a case that names none. */
    public static final String MAIN = "main";

    public SessionSpec {
        servers = Collections.unmodifiableMap(new LinkedHashMap<>(servers));
    }

    /** A session whose only server is {@link #MAIN}. */
    public static SessionSpec of(Behaviour behaviour) {
        return new SessionSpec("", Map.of(MAIN, behaviour));
    }

    /**
     * Reads the JSON form of docs/scenarios.md: a session, or a single scenario.
     *
     * @throws ScenarioSyntaxException naming the place in the JSON and what was expected there
     */
    public static SessionSpec parse(JsonNode json) throws ScenarioSyntaxException {
        return SessionParser.parse(json);
    }
}
