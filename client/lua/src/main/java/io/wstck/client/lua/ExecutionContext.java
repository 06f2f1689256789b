package io.wstck.client.lua;

import io.wstck.client.WebSocketClient;
import java.util.Objects;

/**
 * The execution context of a script: the client that {@code websocket.connect} uses for its connections.
 *
 * @param client makes the connections, under its policy; the host owns and closes it
 */
public record ExecutionContext(WebSocketClient client) {
    /** Checks that the client is not null. */
    public ExecutionContext {
        Objects.requireNonNull(client, "client");
    }
}
