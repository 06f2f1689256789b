package io.wstck.server.scenario;

/**
 * The behaviour of an endpoint: the session's server acts as that endpoint does.
 *
 * @param path the path of the endpoint, for example {@code /close/1001}
 * @param query the query without its question mark; may be empty
 */
public record EndpointTarget(String path, String query) implements Behaviour {
    /** Parses a path with an optional query. */
    public static EndpointTarget of(String target) {
        int query = target.indexOf('?');
        return query < 0
                ? new EndpointTarget(target, "")
                : new EndpointTarget(target.substring(0, query), target.substring(query + 1));
    }

    @Override
    public String toString() {
        return query.isEmpty() ? path : path + "?" + query;
    }
}
