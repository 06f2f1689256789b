package io.wstck.server.scenario;

import java.util.List;

/**
 * How the server behaves towards one client.
 *
 * @param tcp steps played as soon as TCP is open; needs a listener of its own
 * @param frames steps played after the handshake
 */
public record Scenario(Listener listener, Tls tls, List<Step> tcp, HandshakeAnswer handshake, List<Step> frames)
        implements Behaviour {
    /** Where the scenario is reached. */
    public enum Listener {
        /** A path of the main port. */
        SHARED,
        /** A port of its own, whose every byte is evidence. */
        OWN,
        /** A port that lets no connection come about. */
        UNREACHABLE
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

    /** On the main port: that answer, those steps. */
    public static Scenario of(HandshakeAnswer handshake, List<Step> frames) {
        return new Scenario(Listener.SHARED, Tls.PLAIN, List.of(), handshake, frames);
    }

    /** A port to which no connection comes about. */
    public static Scenario unreachable() {
        return new Scenario(Listener.UNREACHABLE, Tls.PLAIN, List.of(), HandshakeAnswer.accepting(), List.of());
    }
}
