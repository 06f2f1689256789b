package io.wstck.tck.agent;

import io.wstck.tck.implementation.calls.CallFailedException;
import io.wstck.tck.implementation.calls.CalledConnection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** What one case has left open: its connections, and the connects that are still under way. Any thread. */
final class HeldSession {
    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, CalledConnection> open = new HashMap<>();
    private final Set<Thread> connecting = new HashSet<>();
    private State state = State.OPEN;

    private enum State {
        OPEN,
        ENDED
    }

    /** A call of the client's connect. */
    @FunctionalInterface
    interface Connect {
        CalledConnection call() throws CallFailedException, InterruptedException;
    }

    /**
     * Connects on this thread.
     *
     * @throws InterruptedException when the session ends meanwhile
     */
    CalledConnection connect(String handle, Connect connect) throws CallFailedException, InterruptedException {
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
            if (state == State.ENDED) {
                throw new InterruptedException("the session has ended");
            }
            connecting.add(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    private CalledConnection keep(String handle, CalledConnection made) throws InterruptedException {
        lock.lock();
        try {
            if (state == State.OPEN) {
                open.put(handle, made);
                return made;
            }
        } finally {
            lock.unlock();
        }
        made.release();
        throw new InterruptedException("the session has ended");
    }

    /** Lets go of everything; returns the handles that were in use. */
    List<String> end() {
        List<String> handles;
        List<CalledConnection> left;
        lock.lock();
        try {
            state = State.ENDED;
            connecting.forEach(Thread::interrupt);
            handles = List.copyOf(open.keySet());
            left = List.copyOf(open.values());
            open.clear();
        } finally {
            lock.unlock();
        }
        left.forEach(CalledConnection::release);
        return handles;
    }
}
