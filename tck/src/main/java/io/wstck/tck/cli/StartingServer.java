package io.wstck.tck.cli;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A reference server that starts beside other work, since both take half a second. For one thread. */
final class StartingServer implements AutoCloseable {
    private final FutureTask<ReferenceServer> start;

    /** One on the loopback interface. */
    StartingServer() {
        this(ServerConfig.loopback());
    }

    /** One that listens there. */
    StartingServer(ServerConfig config) {
        start = new FutureTask<>(() -> ReferenceServer.start(config));
        Thread.ofPlatform().name("server-start").daemon().start(start);
    }

    /** The server, when it has started; it belongs to this object. */
    ReferenceServer await() throws IOException, InterruptedException {
        try {
            return start.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException("the reference server did not start: " + e.getCause(), e.getCause());
        }
    }

    /** Closes the server, also one that is still starting; nothing is left to close where it did not start. */
    @Override
    public void close() {
        try {
            start.get().close();
        } catch (ExecutionException e) {
            // Whoever needed the server was told by await().
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
