package io.wstck.server.connection;

import io.wstck.server.wire.CloseStatus;
import java.util.Optional;

/**
 * Records the first close frame of each side of a connection, and tells how far the closing handshake is (RFC 6455
 * §7.1). One thread.
 */
public final class ClosingHandshake {
    private Optional<CloseStatus> sent = Optional.empty();
    private Optional<CloseStatus> received = Optional.empty();
    private boolean clientFirst;

    /** Records a close frame of the server. Only the first one counts. */
    public void addSent(CloseStatus status) {
        sent = sent.or(() -> Optional.of(status));
    }

    /** Records a close frame of the client. Only the first one counts. */
    public void addReceived(CloseStatus status) {
        clientFirst |= !begun();
        received = received.or(() -> Optional.of(status));
    }

    /** The server's first close frame. */
    public Optional<CloseStatus> sent() {
        return sent;
    }

    /** The client's first close frame. */
    public Optional<CloseStatus> received() {
        return received;
    }

    /** Whether either side has sent a close frame. */
    public boolean begun() {
        return sent.isPresent() || received.isPresent();
    }

    /** Whether both sides have sent a close frame. */
    public boolean complete() {
        return sent.isPresent() && received.isPresent();
    }

    /** Whether the client has sent a close frame and the server has not. */
    public boolean needsAnswer() {
        return received.isPresent() && sent.isEmpty();
    }

    /** Whether the client's close frame came before the server's. */
    public boolean clientFirst() {
        return clientFirst;
    }
}
