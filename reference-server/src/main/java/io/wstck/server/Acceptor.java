package io.wstck.server;

import java.io.IOException;
import java.util.function.Consumer;
import org.xnio.StreamConnection;
import org.xnio.channels.AcceptingChannel;

/** Takes connections from a port. */
final class Acceptor {
    private Acceptor() {}

    /** Hands on every connection that waits; one that cannot be taken ends it, until the next comes. */
    static void acceptAll(
            AcceptingChannel<StreamConnection> channel,
            Consumer<StreamConnection> accepted,
            Consumer<IOException> refused) {
        while (true) {
            StreamConnection connection;
            try {
                connection = channel.accept();
            } catch (IOException failure) {
                refused.accept(failure);
                return;
            }
            if (connection == null) {
                return;
            }
            accepted.accept(connection);
        }
    }
}
