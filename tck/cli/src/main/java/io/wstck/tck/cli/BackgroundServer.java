package io.wstck.tck.cli;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A reference server that starts in the background, because its start takes half a second. For one thread. */
final class BackgroundServer implements AutoCloseable {
    private final FutureTask<ReferenceServer> start;

    /** Starts a server on the loopback interface. */
    BackgroundServer() {
        this(ServerConfig.loopback());
    }

    /** Starts a server with this configuration. */
    BackgroundServer(ServerConfig config) {
        start = new FutureTask<>(() -> ReferenceServer.start(config));
        Thread.ofPlatform().name("server-start").daemon().start(start);
    }

    /** Waits until the server has started. This object still owns it. */
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

    /** Closes the server, even if it is still starting. Does nothing if the start failed. */
    @Override
    public void close() {
        try {
            start.get().close();
        } catch (ExecutionException e) {
            // {@link #await} throws this exception to its caller.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
