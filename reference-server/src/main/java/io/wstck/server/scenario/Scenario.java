package io.wstck.server.scenario;

import java.util.List;

/**
 * How the server behaves towards one client.
 *
 * @param tcp steps played as soon as TCP is open; needs a listener of its own
 * @param frames steps played after the handshake
 */
public record Scenario(Listener listener, List<Step> tcp, HandshakeAnswer handshake, List<Step> frames) {
    /** Where the scenario is reached. */
    public enum Listener {
        /** A path of the main port. */
        SHARED,
        /** A port of its own, whose every byte is evidence. */
        OWN
    }

    public Scenario {
        tcp = List.copyOf(tcp);
        frames = List.copyOf(frames);
    }

    /** On the main port: that answer, those steps. */
    public static Scenario of(HandshakeAnswer handshake, List<Step> frames) {
        return new Scenario(Listener.SHARED, List.of(), handshake, frames);
    }
}
