package io.wstck.server;

import io.wstck.server.journal.ConnectionLog;
import java.util.concurrent.atomic.AtomicReference;
import org.xnio.StreamConnection;

/**
 * One connection that {@link ActiveConnections} has admitted; it counts against the quota until it ends. Any thread. It
 * ends once.
 */
final class AdmittedConnection {
    private final ActiveConnections connections;
    private final ConnectionQuota.Address address;
    private final ConnectionLog log;
    private final AtomicReference<State> state = new AtomicReference<>(State.ADMITTED);

    private enum State {
        ADMITTED,
        PLAYING,
        ENDED
    }

    AdmittedConnection(ActiveConnections connections, ConnectionQuota.Address address, ConnectionLog log) {
        this.connections = connections;
        this.address = address;
        this.log = log;
    }

    ConnectionLog log() {
        return log;
    }

    /** Starts the player. From here on the connection ends when the player ends. */
    void play(StreamConnection connection, ActiveConnections.PlayerFactory factory) {
        if (state.compareAndSet(State.ADMITTED, State.PLAYING)) {
            connections.play(this, connection, factory);
        } else {
            SharedPort.reset(connection);
        }
    }

    /** Ends a connection that was gone before its player started. */
    void endUnplayed() {
        if (state.compareAndSet(State.ADMITTED, State.ENDED)) {
            log.end();
            connections.connectionEnded(address);
        }
    }

    void end() {
        if (state.getAndSet(State.ENDED) != State.ENDED) {
            log.end();
            connections.connectionEnded(address);
        }
    }
}
