package io.wstck.server;

import io.wstck.server.journal.ConnectionLog;
import java.util.concurrent.atomic.AtomicReference;
import org.xnio.StreamConnection;

/** One connection's place, from its arrival to its end. Any thread; ends once. */
final class Admission {
    private final Players players;
    private final AddressShares.Address address;
    private final ConnectionLog log;
    private final AtomicReference<State> state = new AtomicReference<>(State.ADMITTED);

    private enum State {
        ADMITTED,
        PLAYING,
        ENDED
    }

    Admission(Players players, AddressShares.Address address, ConnectionLog log) {
        this.players = players;
        this.address = address;
        this.log = log;
    }

    ConnectionLog log() {
        return log;
    }

    /** Starts the player; from here on only the player's end is the connection's. */
    void play(StreamConnection connection, Players.Factory factory) {
        if (state.compareAndSet(State.ADMITTED, State.PLAYING)) {
            players.play(this, connection, factory);
        } else {
            SharedPort.reset(connection);
        }
    }

    /** The connection was gone before a player had it. */
    void abandon() {
        if (state.compareAndSet(State.ADMITTED, State.ENDED)) {
            log.over();
            players.ended(address);
        }
    }

    void end() {
        if (state.getAndSet(State.ENDED) != State.ENDED) {
            log.over();
            players.ended(address);
        }
    }
}
