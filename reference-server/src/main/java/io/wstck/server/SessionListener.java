package io.wstck.server;

import io.wstck.server.wire.Deadline;
import java.io.IOException;

/** A port that belongs to one session. Any thread. */
interface SessionListener extends AutoCloseable {
    int port();

    /**
     * Waits until every connection that clients have opened so far is admitted.
     *
     * @throws IOException when that cannot be found out before {@code limit}
     */
    void awaitAccepted(Deadline limit) throws IOException, InterruptedException;

    @Override
    void close();
}
