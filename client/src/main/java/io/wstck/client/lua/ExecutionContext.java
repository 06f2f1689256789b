package io.wstck.client.lua;

import io.wstck.client.WebSocketClient;
import java.util.Objects;

/**
 * On whose behalf a script connects.
 *
 * @param client makes the connections, under its policy; it belongs to the host, which closes it
 */
public record ExecutionContext(WebSocketClient client) {
    public ExecutionContext {
        Objects.requireNonNull(client, "client");
    }
}
