package io.wstck.server.exchange;

import java.util.List;

/**
 * What a server does on one connection, act by act, until the client closes or ends it. What follows the last act is the same for
 * all: the closing handshake is brought to its end, then TCP.
 */
public record Exchange(List<Act> acts) {
    public Exchange {
        acts = List.copyOf(acts);
    }

    /** An exchange of these acts. */
    public static Exchange of(Act... acts) {
        return new Exchange(List.of(acts));
    }
}
