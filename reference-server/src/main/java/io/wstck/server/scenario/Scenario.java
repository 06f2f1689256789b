package io.wstck.server.scenario;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the server behaves towards one client.
 *
 * @param host the host in the URL and in the certificate, in place of the server's own; needs a listener of its own
 * @param tcp steps played as soon as TCP is open; needs a listener of its own
 * @param frames steps played after the handshake
 */
public record Scenario(
        Listener listener, Tls tls, Optional<String> host, List<Step> tcp, HandshakeAnswer handshake, List<Step> frames)
        implements Behaviour {
    /** Where the scenario is reached. */
    public enum Listener {
        /** A path of the main port. */
        SHARED,
        /** A port of its own, whose every byte is evidence. */
        OWN,
        /** The same, at the IPv6 loopback address. */
        OWN_IPV6,
        /** The same, where the port is the default one of ws URLs, which the URL leaves out. */
        OWN_DEFAULT_PORT,
        /** A port that lets no connection come about. */
        UNREACHABLE;

        /** Whether a machine may lack its address or its port. */
        public boolean dependsOnMachine() {
            return this == OWN_IPV6 || this == OWN_DEFAULT_PORT;
        }

        /** Whether the server has a port of its own, and plays the scenario on it. */
        public boolean isOwn() {
            return switch (this) {
                case OWN, OWN_IPV6, OWN_DEFAULT_PORT -> true;
                case SHARED, UNREACHABLE -> false;
            };
        }
    }

    /** What is spoken on TCP, on a listener of its own. */
    public enum Tls {
        /** No TLS, and the URL says so. */
        PLAIN,
        /** No TLS, though the URL promises it. */
        NONE,
        /** With a certificate that is in order. */
        TRUSTED,
        EXPIRED,
        NOT_YET_VALID,
        /** With a certificate for another host. */
        WRONG_HOST,
        SELF_SIGNED,
        /** With a certificate by an authority that nobody trusts. */
        UNTRUSTED
    }

    public Scenario {
        tcp = List.copyOf(tcp);
        frames = List.copyOf(frames);
    }

    /** Reached at the server's own host. */
    public Scenario(Listener listener, Tls tls, List<Step> tcp, HandshakeAnswer handshake, List<Step> frames) {
        this(listener, tls, Optional.empty(), tcp, handshake, frames);
    }

    private Scenario with(HandshakeAnswer answer) {
        return new Scenario(listener, tls, host, tcp, answer, frames);
    }

    @Override
    public Optional<Location> location() {
        return handshake.location();
    }

    @Override
    public Scenario located(Map<String, URI> urls) {
        return handshake
                .location()
                .map(location -> with(handshake.located(urls.get(location.server()))))
                .orElse(this);
    }

    /** On the main port: that answer, those steps. */
    public static Scenario of(HandshakeAnswer handshake, List<Step> frames) {
        return new Scenario(Listener.SHARED, Tls.PLAIN, List.of(), handshake, frames);
    }

    /** A port to which no connection comes about. */
    public static Scenario unreachable() {
        return new Scenario(Listener.UNREACHABLE, Tls.PLAIN, List.of(), HandshakeAnswer.accepting(), List.of());
    }
}
