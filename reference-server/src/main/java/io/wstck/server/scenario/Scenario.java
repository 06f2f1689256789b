package io.wstck.server.scenario;

import io.wstck.server.text.FormatWord;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The server's part on one connection: the listener, the steps before the handshake, the answer to it, and the steps
 * after it.
 *
 * @param host the host in the URL and in the certificate, in place of the server's own; needs an own listener
 * @param tcp the steps after TCP is open and before the handshake; needs an own listener
 * @param frames the steps after the handshake
 */
public record Scenario(
        ListenerKind listener,
        TlsMode tls,
        Optional<String> host,
        List<Step> tcp,
        HandshakeAnswer handshake,
        List<Step> frames)
        implements Behaviour {
    /** The kinds of listener at which clients reach a scenario. */
    public enum ListenerKind implements FormatWord {
        /** A path on the main port. */
        SHARED("shared"),
        /** A port of its own, on which every byte is evidence. */
        OWN("own"),
        /** A port of its own at the IPv6 loopback address. */
        OWN_IPV6("own-ipv6"),
        /** The default port of ws URLs, at an address of its own. The URL has no port. */
        OWN_DEFAULT_PORT("own-default-port"),
        /** A port on which no connection opens. */
        UNREACHABLE("unreachable");

        private final String word;

        ListenerKind(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }

        /** Whether a machine may lack the address or the port. */
        public boolean dependsOnMachine() {
            return this == OWN_IPV6 || this == OWN_DEFAULT_PORT;
        }

        /** Whether the server plays the scenario on a port of its own. */
        public boolean isOwn() {
            return switch (this) {
                case OWN, OWN_IPV6, OWN_DEFAULT_PORT -> true;
                case SHARED, UNREACHABLE -> false;
            };
        }
    }

    /** The use of TLS on an own listener. */
    public enum TlsMode implements FormatWord {
        /** No TLS, and a ws URL. */
        PLAIN("plain"),
        /** No TLS, but a wss URL. */
        NONE("none"),
        /** TLS with a valid certificate. */
        TRUSTED("trusted"),
        EXPIRED("expired"),
        NOT_YET_VALID("not-yet-valid"),
        /** TLS with a certificate for another host. */
        WRONG_HOST("wrong-host"),
        SELF_SIGNED("self-signed"),
        /** TLS with a certificate of an authority that clients do not trust. */
        UNTRUSTED("untrusted");

        private final String word;

        TlsMode(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    public Scenario {
        tcp = List.copyOf(tcp);
        frames = List.copyOf(frames);
    }

    /** A scenario at the server's own host. */
    public Scenario(ListenerKind listener, TlsMode tls, List<Step> tcp, HandshakeAnswer handshake, List<Step> frames) {
        this(listener, tls, Optional.empty(), tcp, handshake, frames);
    }

    private Scenario with(HandshakeAnswer answer) {
        return new Scenario(listener, tls, host, tcp, answer, frames);
    }

    @Override
    public Optional<RedirectLocation> location() {
        return handshake.location();
    }

    @Override
    public Scenario located(Map<String, URI> urls) {
        return handshake
                .location()
                .map(location -> with(handshake.located(urls.get(location.server()))))
                .orElse(this);
    }

    /** A scenario on the main port with this answer and these steps. */
    public static Scenario of(HandshakeAnswer handshake, List<Step> frames) {
        return new Scenario(ListenerKind.SHARED, TlsMode.PLAIN, List.of(), handshake, frames);
    }

    /** A scenario on a port on which no connection opens. */
    public static Scenario unreachable() {
        return new Scenario(ListenerKind.UNREACHABLE, TlsMode.PLAIN, List.of(), HandshakeAnswer.accepting(), List.of());
    }
}
