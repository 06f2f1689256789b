package io.wstck.server.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A session to be opened: behaviours by the names of their servers, in order.
 *
 * @param name for people, may be empty
 */
public record SessionSpec(String name, Map<String, Behaviour> servers) {
    /** The server that a case means when it names none. */
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
