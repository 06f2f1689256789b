package io.wstck.server.scenario;

import io.wstck.server.text.FormatWord;
import java.net.URI;

/**
 * The target of a redirect: another server of the session.
 *
 * @param server the name of the target
 */
public record RedirectLocation(String server, Scheme scheme) {
    /** The scheme of the URL in the header {@code Location}. */
    public enum Scheme implements FormatWord {
        /** A WebSocket scheme: {@code ws} or {@code wss}. */
        WS("ws"),
        /** An HTTP scheme: {@code http} in place of {@code ws}, {@code https} in place of {@code wss}. */
        HTTP("http");

        private final String word;

        Scheme(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** The value of the header {@code Location} for the URL of the target. */
    public String value(URI url) {
        return switch (scheme) {
            case WS -> url.toString();
            case HTTP -> url.toString().replaceFirst("^ws", "http");
        };
    }
}
