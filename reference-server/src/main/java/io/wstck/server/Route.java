package io.wstck.server;

import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.wire.Transport;

/** The decision of a {@link Router} for one request: a scenario plays the connection, or a player takes it over. */
public sealed interface Route {
    /**
     * A scenario answers the request and plays the connection. It must not use TLS, or have steps before the request.
     */
    record Play(Scenario scenario) implements Route {}

    /**
     * The server sends the answer, and {@code player} takes over the connection.
     *
     * @param answer an answer with the status 101
     */
    record HandOver(HandshakeAnswer answer, UpgradedPlayer player) implements Route {}

    /** Plays an upgraded connection to its end. */
    @FunctionalInterface
    interface UpgradedPlayer {
        /**
         * Plays {@code connection} on its own virtual thread. The 101 has been sent, and no byte after the request has
         * been read. The server resets the connection afterwards, if it is still open.
         *
         * @throws InterruptedException when the server closes
         */
        void play(Transport connection) throws InterruptedException;

        /** Called when the answer could not be sent. {@link #play} is not called then. */
        default void lost() {}
    }
}
