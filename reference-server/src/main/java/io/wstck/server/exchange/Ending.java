package io.wstck.server.exchange;

import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.PeerEnd;
import java.util.Optional;

/**
 * How a connection ended.
 *
 * @param first who began to end it
 * @param sent the server's close frame
 * @param received the client's close frame
 * @param tcp how the client ended its side of TCP; empty when it did not in time, and the server dropped the connection
 * @param timeout what the server waited for in vain
 */
public record Ending(
        First first,
        Optional<CloseStatus> sent,
        Optional<CloseStatus> received,
        Optional<PeerEnd> tcp,
        Timeout timeout) {
    /** Who sent the first close frame, or ended TCP without one. */
    public enum First {
        SERVER,
        CLIENT_CLOSE,
        /** The client ended TCP without a close frame of its own, before the server sent one. */
        CLIENT_DROP
    }

    /** A wait that was in vain. */
    public enum Timeout {
        NONE,
        /** What the case expects did not come: the server closed with 1001. */
        EXPECTATION,
        /** The client never answered the server's close frame. */
        CLOSE_REPLY,
        /** The client never ended TCP after the closing handshake. */
        TCP_END
    }

    /** Whether both close frames were exchanged. */
    public boolean clean() {
        return sent.isPresent() && received.isPresent();
    }
}
