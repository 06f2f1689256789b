package io.wstck.tck.agent;

import io.wstck.tck.implementation.calls.CallFailedException;
import io.wstck.tck.implementation.calls.CalledConnection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the connections of one case, and the threads that connect, and releases all of them when the case ends. Any
 * thread.
 */
final class AgentSession {
    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, CalledConnection> open = new HashMap<>();
    private final Set<Thread> connecting = new HashSet<>();
    private boolean ended;

    /** A call of the client's connect. */
    @FunctionalInterface
    interface ConnectAction {
        CalledConnection call() throws CallFailedException, InterruptedException;
    }

    /**
     * Connects on the calling thread.
     *
     * @throws InterruptedException if the session ends meanwhile
     */
    CalledConnection connect(String handle, ConnectAction connect) throws CallFailedException, InterruptedException {
        begin();
        try {
            return keep(handle, connect.call());
        } finally {
            lock.lock();
            try {
                connecting.remove(Thread.currentThread());
            } finally {
                lock.unlock();
            }
        }
    }

    private void begin() throws InterruptedException {
        lock.lock();
        try {
            if (ended) {
                throw new InterruptedException("the session has ended");
            }
            connecting.add(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    private CalledConnection keep(String handle, CalledConnection connection) throws InterruptedException {
        lock.lock();
        try {
            if (!ended) {
                open.put(handle, connection);
                return connection;
            }
        } finally {
            lock.unlock();
        }
        connection.release();
        throw new InterruptedException("the session has ended");
    }

    /** Releases all connections and interrupts connects; returns the handles of the connections. */
    List<String> end() {
        List<String> handles;
        List<CalledConnection> connections;
        lock.lock();
        try {
            ended = true;
            connecting.forEach(Thread::interrupt);
            handles = List.copyOf(open.keySet());
            connections = List.copyOf(open.values());
            open.clear();
        } finally {
            lock.unlock();
        }
        connections.forEach(CalledConnection::release);
        return handles;
    }
}
