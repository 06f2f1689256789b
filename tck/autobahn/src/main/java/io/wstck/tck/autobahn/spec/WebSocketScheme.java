package io.wstck.tck.autobahn.spec;

import java.util.Arrays;
import java.util.Optional;

/** The scheme of a WebSocket URL (RFC 6455 §3): with TLS or without. */
public enum WebSocketScheme {
    /** Without TLS. */
    WS("ws", "http", 80),
    /** With TLS. */
    WSS("wss", "https", 443);

    private final String name;
    private final String pageScheme;
    private final int defaultPort;

    WebSocketScheme(String name, String pageScheme, int defaultPort) {
        this.name = name;
        this.pageScheme = pageScheme;
        this.defaultPort = defaultPort;
    }

    /** The scheme with that name, in upper or lower case. */
    static Optional<WebSocketScheme> of(String name) {
        return Arrays.stream(values())
                .filter(scheme -> scheme.name.equalsIgnoreCase(name))
                .findFirst();
    }

    /** The beginning of a URL: {@code ws://}. */
    public String prefix() {
        return name + "://";
    }

    /** The scheme of a web page of the same server: {@code http}. */
    public String pageScheme() {
        return pageScheme;
    }

    /** The port of a URL without a port. */
    int defaultPort() {
        return defaultPort;
    }
}
