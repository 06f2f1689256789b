package io.wstck.client.lua;

import io.wstck.client.Connection;
import io.wstck.client.ConnectionState;
import io.wstck.client.WebSocketException;
import io.wstck.lua.LuaSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The connections that one session has made; those still open are closed with it, all at the same time. */
final class OpenConnections implements AutoCloseable {
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    private OpenConnections() {}

    static OpenConnections of(LuaSession session) {
        OpenConnections open = new OpenConnections();
        session.onClose(open);
        return open;
    }

    void add(Connection connection) {
        connections.removeIf(one -> one.state() == ConnectionState.CLOSED);
        connections.add(connection);
    }

    void remove(Connection connection) {
        connections.remove(connection);
    }

    @Override
    public void close() throws WebSocketException {
        List<FutureTask<Void>> closing = new ArrayList<>();
        for (Connection connection : connections) {
            FutureTask<Void> task = new FutureTask<>(() -> {
                connection.close();
                return null;
            });
            closing.add(task);
            Thread.ofVirtual().name("lua-session-close").start(task);
        }
        connections.clear();
        for (FutureTask<Void> task : closing) {
            await(task);
        }
    }

    private static void await(FutureTask<Void> task) throws WebSocketException {
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw WebSocketException.lost("interrupted while the session's connections were closing", e);
        } catch (ExecutionException e) {
            throw WebSocketException.lost("a connection of the session could not be closed", e.getCause());
        }
    }
}
