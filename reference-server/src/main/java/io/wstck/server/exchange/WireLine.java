package io.wstck.server.exchange;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader;
import java.time.Duration;
import java.util.Optional;

/**
 * One line of the log of the wire: a frame, a close, an end of TCP.
 *
 * @param at since the exchange began
 * @param text for people; long payloads are cut
 * @param frame where the line tells of one
 */
public record WireLine(Duration at, Side side, String text, Optional<Framed> frame) {
    /** Whose doing it was. */
    public enum Side {
        SERVER,
        CLIENT
    }

    /**
     * A frame.
     *
     * @param beginning the first bytes of its payload, 256 at most
     */
    public record Framed(FrameHeader header, Bytes beginning) {}
}
