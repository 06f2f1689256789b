package io.wstck.server;

import io.wstck.server.wire.HttpRequest;

/**
 * Decides for each request of a routed server what plays the connection: a scenario, or a player. Called on the
 * connection's own virtual thread, many at a time.
 */
@FunctionalInterface
public interface Router {
    /** The route of {@code request}, which is as the client sent it, valid or not. */
    Route route(HttpRequest request);
}
