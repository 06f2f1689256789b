package io.wstck.server.endpoint;

/**
 * An endpoint, for listings.
 *
 * @param access how it is reached
 * @param path with its parameters: {@code /close/{code}?reason=&after=}
 * @param description what it does, in a sentence's part
 * @param example a path and query that can be followed as it is
 */
public record EndpointInfo(Access access, String path, String description, String example) {

    /** How an endpoint is reached. */
    public enum Access {
        WEBSOCKET("ws", "wss", ""),
        GET("http", "https", ""),
        POST("http", "https", "POST ");

        private final String scheme;
        private final String tlsScheme;
        private final String method;

        Access(String scheme, String tlsScheme, String method) {
            this.scheme = scheme;
            this.tlsScheme = tlsScheme;
            this.method = method;
        }
    }

    /** How to write it down behind a host and port, for example {@code POST http://127.0.0.1:8080/scenarios}. */
    public String at(String authority) {
        return access.method + access.scheme + "://" + authority + path;
    }

    /** The same over TLS. */
    public String atTls(String authority) {
        return access.method + access.tlsScheme + "://" + authority + path;
    }

    /** The path, with the method where it is not the usual one. */
    public String label() {
        return access.method + path;
    }
}
