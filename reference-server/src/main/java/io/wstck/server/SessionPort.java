package io.wstck.server;

import io.wstck.server.wire.Deadline;
import java.io.IOException;

/** A port on which a session accepts connections of its client. Any thread. */
interface SessionPort extends AutoCloseable {
    int port();

    /**
     * Waits until all connections that clients have opened so far are admitted.
     *
     * @throws IOException when that cannot be determined before {@code limit}
     */
    void awaitAccepted(Deadline limit) throws IOException, InterruptedException;

    @Override
    void close();
}
