package io.wstck.tck.autobahn.exchange;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.EndpointRole;
import io.wstck.server.wire.FrameHeader;
import java.time.Duration;
import java.util.Optional;

/**
 * One line of the wire log: a frame, a close, or an end of TCP.
 *
 * @param at the time since the exchange began
 * @param text the text of the line, with long payloads cut
 * @param frame the frame, if the line is about one
 */
public record WireLogEntry(Duration at, Side side, String text, Optional<FrameExcerpt> frame) {
    /** The side that caused the line. */
    public enum Side {
        KIT,
        PEER;

        /** The role of this side on a connection on which {@code peer} is judged. */
        public EndpointRole role(EndpointRole peer) {
            return this == PEER ? peer : peer.other();
        }
    }

    /** The same line at a later time. */
    public WireLogEntry later(Duration time) {
        return new WireLogEntry(at.plus(time), side, text, frame);
    }

    /**
     * A frame with the beginning of its payload.
     *
     * @param beginning the first bytes of the payload, at most 256
     */
    public record FrameExcerpt(FrameHeader header, Bytes beginning) {}
}
