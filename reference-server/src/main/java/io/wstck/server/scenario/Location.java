package io.wstck.server.scenario;

import java.net.URI;

/**
 * Where a redirect leads: to another server of the session.
 *
 * @param server the name of that server
 */
public record Location(String server, Scheme scheme) {
    /** How the URL of the other server is written. */
    public enum Scheme {
        /** As clients are given it: {@code ws} or {@code wss}. */
        WS,
        /** As HTTP has it: {@code http} in place of {@code ws}, {@code https} in place of {@code wss}. */
        HTTP
    }

    /** The value of the header {@code Location}, for the URL of the other server. */
    public String value(URI url) {
        return switch (scheme) {
            case WS -> url.toString();
            case HTTP -> url.toString().replaceFirst("^ws", "http");
        };
    }
}
