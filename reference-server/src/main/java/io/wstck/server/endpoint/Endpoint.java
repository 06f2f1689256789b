package io.wstck.server.endpoint;

import io.wstck.server.scenario.Scenario;
import io.wstck.server.wire.HttpRequest;
import java.util.Set;

/**
 * One endpoint: its path, and the factory that makes its scenario from a request.
 *
 * @param prefix the path, or the part before its last segment when that segment is a parameter
 * @param kind whether the path has such a segment
 * @param parameters the names of the query parameters
 */
record Endpoint(EndpointInfo info, String prefix, Kind kind, Set<String> parameters, ScenarioFactory scenarioFactory) {
    enum Kind {
        FIXED,
        WITH_SEGMENT
    }

    /** Creates the scenario for a request. */
    interface ScenarioFactory {
        Scenario create(String segment, Query query, HttpRequest request) throws BadQueryException;
    }

    boolean matches(String path) {
        return kind == Kind.FIXED ? path.equals(prefix) : path.startsWith(prefix);
    }

    Scenario scenario(String path, String query, HttpRequest request) throws BadQueryException {
        String segment = path.substring(prefix.length());
        return scenarioFactory.create(segment, Query.parse(query, parameters), request);
    }
}
