package io.wstck.server.exchange;

import java.time.Duration;

/**
 * One line of the log of the wire: a frame, a close, an end of TCP.
 *
 * @param at since the exchange began
 * @param text for people; long payloads are cut
 */
public record WireLine(Duration at, Side side, String text) {
    /** Whose doing it was. */
    public enum Side {
        SERVER,
        CLIENT
    }
}
