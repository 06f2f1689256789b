package io.wstck.server;

import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.wire.Transport;

/** What becomes of a connection whose request was read. */
public sealed interface Route {
    /**
     * The request is answered and the connection played as a scenario says; one over TLS, or with steps before the request, is
     * none.
     */
    record Play(Scenario scenario) implements Route {}

    /**
     * The request is answered, and the connection handed over.
     *
     * @param answer a 101
     */
    record HandOver(HandshakeAnswer answer, UpgradedPlayer player) implements Route {}

    /** Plays an upgraded connection to its end. */
    @FunctionalInterface
    interface UpgradedPlayer {
        /**
         * Plays {@code connection}, on the connection's own virtual thread; the 101 is sent, nothing after it was read, and what
         * is left of the connection afterwards is reset.
         *
         * @throws InterruptedException when the server closes
         */
        void play(Transport connection) throws InterruptedException;

        /** The answer could not be sent: there will be nothing to play. */
        default void lost() {}
    }
}
