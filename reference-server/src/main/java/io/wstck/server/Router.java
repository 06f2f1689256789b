package io.wstck.server;

import io.wstck.server.wire.HttpRequest;

/** Chooses by a request what becomes of its connection. Called on the connection's own virtual thread, many at a time. */
@FunctionalInterface
public interface Router {
    /** The route of {@code request}, which is as the client sent it, right or wrong. */
    Route route(HttpRequest request);
}
