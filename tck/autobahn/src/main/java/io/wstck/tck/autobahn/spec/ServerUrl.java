package io.wstck.tck.autobahn.spec;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * The URL of a server under test (RFC 6455 §3).
 *
 * @param host a name or an IP address, without brackets
 * @param port 1 to 65535
 * @param target the path and the query, at least {@code /}
 */
public record ServerUrl(WebSocketScheme scheme, String host, int port, String target) {
    private static final int MAX_PORT = 65_535;

    /**
     * Parses {@code ws://host:port/path?query}. A fragment is left out, because it never goes to a server.
     *
     * @return empty when the text is no such URL
     */
    public static Optional<ServerUrl> parse(String text) {
        try {
            URI uri = new URI(text);
            Optional<WebSocketScheme> scheme =
                    Optional.ofNullable(uri.getScheme()).flatMap(WebSocketScheme::of);
            if (scheme.isEmpty() || uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
                return Optional.empty();
            }
            String host = uri.getHost();
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            return Optional.of(new ServerUrl(
                    scheme.get(),
                    host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                    uri.getPort() < 0 ? scheme.get().defaultPort() : uri.getPort(),
                    uri.getRawQuery() == null ? path : path + '?' + uri.getRawQuery()));
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    /** The value of the header {@code Host}: without the port if it is the default one. */
    public String hostHeader() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == scheme.defaultPort() ? name : name + ":" + port;
    }

    @Override
    public String toString() {
        return scheme.prefix() + hostHeader() + (target.equals("/") ? "" : target);
    }
}
