package io.wstck.tck.autobahn.exchange;

import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.PeerEnd;
import java.util.Optional;

/**
 * The end of an exchange's connection.
 *
 * @param initiator the side that began to end it
 * @param sent the kit's close frame
 * @param received the peer's close frame
 * @param tcp the way in which the peer ended its side of TCP; empty if it did not in time, and the kit dropped the
 * connection
 * @param timeout the wait that ended without what it waited for
 */
public record ExchangeEnd(
        EndInitiator initiator,
        Optional<CloseStatus> sent,
        Optional<CloseStatus> received,
        Optional<PeerEnd> tcp,
        Timeout timeout) {
    /** The side that sent the first close frame, or ended TCP without one. */
    public enum EndInitiator {
        KIT,
        PEER_CLOSE,
        /** The peer ended TCP without a close frame, before the kit sent one. */
        PEER_DROP
    }

    /** A wait that ended without what it waited for, most often because its time was over. */
    public enum Timeout {
        NONE,
        /** The answer to the opening handshake did not come in time. */
        OPENING,
        /** The expected events did not come, and the kit closed with 1001. */
        EXPECTATION,
        /** The peer had to end the connection, and sent a further message or pong. The kit closed with 1001. */
        CONTINUATION,
        /** The peer did not answer the kit's close frame. */
        CLOSE_REPLY,
        /** The peer did not end TCP after the closing handshake. */
        TCP_END
    }

    /** Whether the kit gave up its wait for the events of the case, and closed. */
    public boolean expectationFailed() {
        return timeout == Timeout.EXPECTATION || timeout == Timeout.CONTINUATION;
    }

    /** Whether both sides sent a close frame. */
    public boolean clean() {
        return sent.isPresent() && received.isPresent();
    }
}
