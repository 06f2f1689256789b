package io.wstck.client.protocol;

import io.wstck.client.CloseStatus;
import io.wstck.client.ConnectionState;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The closing handshake of one connection (RFC 6455 §7.1): every transition of {@link ConnectionState} is here, and each is
 * made by one thread only, which learns by it that the close frame is its to send. For any number of threads.
 */
public final class ClosingHandshake {
    /** What a transition leaves to do for the thread that asked for it. */
    public enum Duty {
        /** Send the one close frame of this side. */
        SEND_CLOSE_FRAME,
        /** Nothing: this side's close frame is, or was, another thread's to send. */
        NOTHING
    }

    /** Guards state and remote, which change together. */
    private final ReentrantLock lock = new ReentrantLock();

    private ConnectionState state = ConnectionState.OPEN;
    private Optional<CloseStatus> remote = Optional.empty();

    /** This side wants to close: on request, or because it fails the connection (RFC 6455 §7.1.2, §7.1.7). */
    public Duty closeLocally() {
        lock.lock();
        try {
            if (state != ConnectionState.OPEN) {
                return Duty.NOTHING;
            }
            state = ConnectionState.CLOSE_SENT;
            return Duty.SEND_CLOSE_FRAME;
        } finally {
            lock.unlock();
        }
    }

    /** The peer's close frame has come: it is answered, unless ours is on its way already (RFC 6455 §5.5.1). */
    public Duty closeReceived(CloseStatus status) {
        lock.lock();
        try {
            remote = Optional.of(status);
            ConnectionState before = state;
            if (before == ConnectionState.OPEN || before == ConnectionState.CLOSE_SENT) {
                state = ConnectionState.CLOSE_EXCHANGED;
            }
            return before == ConnectionState.OPEN ? Duty.SEND_CLOSE_FRAME : Duty.NOTHING;
        } finally {
            lock.unlock();
        }
    }

    /** TCP has ended, in whatever state (RFC 6455 §7.1.4). */
    public void terminated() {
        lock.lock();
        try {
            state = ConnectionState.CLOSED;
        } finally {
            lock.unlock();
        }
    }

    /** Returns where the connection stands. */
    public ConnectionState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /** Returns code and reason of the peer's close frame, once it has come. */
    public Optional<CloseStatus> remote() {
        lock.lock();
        try {
            return remote;
        } finally {
            lock.unlock();
        }
    }
}
