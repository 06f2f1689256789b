package io.wstck.server.endpoint;

import io.wstck.server.text.FormatWord;

/**
 * Describes a URL of the server for listings.
 *
 * @param access how clients reach it
 * @param path the path with its parameters, for example {@code /close/{code}?reason=&after=}
 * @param description what it does, as a phrase
 * @param example a path and query that work as they are; may be empty
 */
public record EndpointInfo(Access access, String path, String description, String example) {

    /** Tells how clients reach an endpoint. */
    public enum Access implements FormatWord {
        WEBSOCKET("WEBSOCKET", "ws", "wss", ""),
        GET("GET", "http", "https", ""),
        POST("POST", "http", "https", "POST ");

        private final String word;
        private final String scheme;
        private final String tlsScheme;
        private final String method;

        Access(String word, String scheme, String tlsScheme, String method) {
            this.word = word;
            this.scheme = scheme;
            this.tlsScheme = tlsScheme;
            this.method = method;
        }

        /** The word in the index page, read by its script. */
        @Override
        public String word() {
            return word;
        }
    }

    /** The URL at this host and port, for example {@code POST http://127.0.0.1:8080/scenarios}. */
    public String at(String authority) {
        return access.method + access.scheme + "://" + authority + path;
    }

    /** The same over TLS. */
    public String atTls(String authority) {
        return access.method + access.tlsScheme + "://" + authority + path;
    }

    /** The path, after the method when that is POST. */
    public String label() {
        return access.method + path;
    }
}
