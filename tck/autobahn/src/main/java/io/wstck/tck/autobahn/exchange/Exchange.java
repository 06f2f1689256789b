package io.wstck.tck.autobahn.exchange;

import java.util.List;

/**
 * The actions of the kit on one connection, until the peer closes or ends it. After the last action the kit
 * always completes the closing handshake and ends TCP.
 */
public record Exchange(List<ExchangeAction> actions) {
    public Exchange {
        actions = List.copyOf(actions);
    }

    /** An exchange of these actions. */
    public static Exchange of(ExchangeAction... actions) {
        return new Exchange(List.of(actions));
    }
}
