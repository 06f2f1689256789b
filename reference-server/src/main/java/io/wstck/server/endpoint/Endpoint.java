package io.wstck.server.endpoint;

import io.wstck.server.scenario.Scenario;
import io.wstck.server.wire.HttpRequest;
import java.util.Set;

/**
 * One endpoint.
 *
 * @param prefix the path, or what stands before its last segment when that is a parameter
 * @param kind whether there is such a segment
 * @param parameters the names that its query may have
 */
record Endpoint(EndpointInfo info, String prefix, Kind kind, Set<String> parameters, Maker maker) {
    enum Kind {
        FIXED,
        WITH_SEGMENT
    }

    /** Makes the scenario. */
    interface Maker {
        Scenario make(String segment, Query query, HttpRequest request) throws BadQueryException;
    }

    boolean matches(String path) {
        return kind == Kind.FIXED ? path.equals(prefix) : path.startsWith(prefix);
    }

    Scenario scenario(String path, String query, HttpRequest request) throws BadQueryException {
        String segment = path.substring(prefix.length());
        return maker.make(segment, Query.parse(query, parameters), request);
    }
}
