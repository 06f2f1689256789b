package io.wstck.client.lua;

import io.wstck.client.Connection;
import io.wstck.client.ConnectionState;
import io.wstck.client.WebSocketException;
import io.wstck.lua.LuaSession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tracks the connections that the scripts of one session have opened. Closing the session closes those that are still
 * open, in parallel.
 */
final class OpenConnections implements AutoCloseable {
    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Set<Connection> connections = new HashSet<>();
    private boolean closed;

    private OpenConnections() {}

    static OpenConnections of(LuaSession session) {
        OpenConnections open = new OpenConnections();
        session.onClose(open);
        return open;
    }

    /** Adds a connection, or closes it at once if the session is already closed. */
    void add(Connection connection) throws WebSocketException {
        lock.lock();
        try {
            if (!closed) {
                connections.removeIf(one -> one.state() == ConnectionState.CLOSED);
                connections.add(connection);
                return;
            }
        } finally {
            lock.unlock();
        }
        connection.close();
    }

    @Override
    public void close() throws WebSocketException {
        List<FutureTask<Void>> closing = new ArrayList<>();
        for (Connection connection : closed()) {
            FutureTask<Void> task = new FutureTask<>(() -> {
                connection.close();
                return null;
            });
            closing.add(task);
            Thread.ofVirtual().name("lua-session-close").start(task);
        }
        for (FutureTask<Void> task : closing) {
            await(task);
        }
    }

    private List<Connection> closed() {
        lock.lock();
        try {
            closed = true;
            List<Connection> open = List.copyOf(connections);
            connections.clear();
            return open;
        } finally {
            lock.unlock();
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
