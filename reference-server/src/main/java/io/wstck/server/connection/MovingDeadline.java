package io.wstck.server.connection;

import io.wstck.server.wire.Deadline;

/** A deadline that may move to an earlier time during the wait. */
@FunctionalInterface
public interface MovingDeadline {
    /**
     * The current deadline. The waiting code asks again after each wait.
     *
     * @throws InterruptedException when the wait must end because the player has to stop
     */
    Deadline now() throws InterruptedException;
}
