package io.wstck.server.scenario;

/**
 * The behaviour of one of the endpoints that have a URL of their own.
 *
 * @param path of the endpoint: {@code /close/1001}
 * @param query without its question mark, may be empty
 */
public record EndpointTarget(String path, String query) implements Behaviour {
    /** The endpoint at that path, with its query. */
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
