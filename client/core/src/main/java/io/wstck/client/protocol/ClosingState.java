package io.wstck.client.protocol;

import io.wstck.client.CloseStatus;
import io.wstck.client.ConnectionState;
import java.util.Optional;

/**
 * The immutable state of a connection from open to closed, with the contents of both close frames. It decides what may
 * still be read and sent (RFC 6455 §7.1). Each transition is one method.
 *
 * @param local the content of this side's close frame, set by the transition that leaves OPEN
 * @param remote the content of the peer's close frame
 */
record ClosingState(State state, Optional<CloseStatus> local, Optional<CloseStatus> remote) {
    /** The states of a connection (RFC 6455 §7.1). */
    enum State {
        /** Messages travel both ways. */
        OPEN(ConnectionState.OPEN),
        /** The user has closed. This side's close frame is due, after the messages that were sent before. */
        CLOSING(ConnectionState.CLOSE_SENT),
        /** This side's close frame is written; the peer's is awaited. */
        CLOSE_SENT(ConnectionState.CLOSE_SENT),
        /** The peer's close frame has arrived. This side's close frame is due at once. */
        CLOSE_RECEIVED(ConnectionState.CLOSE_EXCHANGED),
        /** Both close frames are sent. The peer has to end TCP. */
        CLOSE_EXCHANGED(ConnectionState.CLOSE_EXCHANGED),
        /** The peer broke a rule. This side's close frame is due at once. */
        FAILING(ConnectionState.CLOSE_SENT),
        /** The peer broke a rule, and this side's close frame is written. */
        FAILED(ConnectionState.CLOSE_SENT),
        /** TCP has ended. */
        CLOSED(ConnectionState.CLOSED);

        final ConnectionState publicState;

        State(ConnectionState publicState) {
            this.publicState = publicState;
        }

        /** §5.5.1 and §7.1.7: nothing is read after the peer's close frame or a broken rule. */
        boolean reads() {
            return this == OPEN || this == CLOSING || this == CLOSE_SENT;
        }

        /** §5.5.1: no data frame follows this side's close frame, and none delays the answer to the peer's. */
        boolean sendsMessages() {
            return this == OPEN || this == CLOSING;
        }

        boolean closeFrameDue() {
            return this == CLOSING || this == CLOSE_RECEIVED || this == FAILING;
        }

        /** §5.5.2: a ping is answered, unless both close frames are sent or the connection has failed. */
        boolean sendsPongs() {
            return sendsMessages() || closeFrameDue() || this == CLOSE_SENT;
        }
    }

    static final ClosingState INITIAL = new ClosingState(State.OPEN, Optional.empty(), Optional.empty());

    /** §7.1.2: Start the WebSocket Closing Handshake. */
    ClosingState onUserClose(CloseStatus status) {
        return state == State.OPEN ? new ClosingState(State.CLOSING, Optional.of(status), remote) : this;
    }

    /**
     * §7.1.3: The WebSocket Closing Handshake is Started, by the peer. §5.5.1: the answer echoes the peer's code, if
     * any.
     */
    ClosingState onCloseFrameReceived(CloseStatus status) {
        State next = state == State.CLOSE_SENT ? State.CLOSE_EXCHANGED : State.CLOSE_RECEIVED;
        return new ClosingState(next, localOr(new CloseStatus(status.code(), "")), Optional.of(status));
    }

    /** §7.1.7: Fail the WebSocket Connection. */
    ClosingState onViolation(Violation violation) {
        State next = state == State.CLOSE_SENT ? State.FAILED : State.FAILING;
        return new ClosingState(
                next, localOr(new CloseStatus(violation.closeCode().value(), violation.sentence())), remote);
    }

    ClosingState onCloseFrameWritten() {
        State next = switch (state) {
            case CLOSING -> State.CLOSE_SENT;
            case CLOSE_RECEIVED -> State.CLOSE_EXCHANGED;
            case FAILING -> State.FAILED;
            default -> state;
        };
        return new ClosingState(next, local, remote);
    }

    /** §7.1.4: The WebSocket Connection is Closed. */
    ClosingState onTcpEnd() {
        return new ClosingState(State.CLOSED, local, remote);
    }

    private Optional<CloseStatus> localOr(CloseStatus status) {
        return local.or(() -> Optional.of(status));
    }
}
