package io.wstck.tck.implementation.calls;

import io.wstck.tck.implementation.SafeText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;

/** Calls a client in this JVM, and keeps its connections to release them. Any thread. */
final class DirectCalls implements ClientCalls {
    /** Platform threads: a receive that spins on a virtual thread would take a carrier from the kit's server. */
    private static final ThreadFactory RECEIVERS =
            Thread.ofPlatform().name("receive-", 1).daemon().factory();

    private final CalledClient client;

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Set<CalledConnection> open = new HashSet<>();
    private final Set<Thread> receiving = new HashSet<>();
    private boolean closed;

    DirectCalls(CalledClient client) {
        this.client = client;
    }

    @Override
    public CalledConnection connect(ConnectCall call) throws CallFailedException, InterruptedException {
        CalledConnection connection = client.connect(call);
        if (connection == null) {
            throw NotJudgedException.trouble("expected connect() to return a connection or to throw, it returned null");
        }
        if (!keep(connection)) {
            connection.release();
            throw new InterruptedException("the session was closed while it connected");
        }
        return connection;
    }

    private boolean keep(CalledConnection connection) {
        lock.lock();
        try {
            return !closed && open.add(connection);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ThreadFactory receivers() {
        return body -> {
            Thread thread = RECEIVERS.newThread(body);
            lock.lock();
            try {
                receiving.removeIf(one -> one.getState() == Thread.State.TERMINATED);
                receiving.add(thread);
            } finally {
                lock.unlock();
            }
            return thread;
        };
    }

    @Override
    public List<Thread> remainingThreads() {
        lock.lock();
        try {
            return receiving.stream().filter(Thread::isAlive).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Releases all connections, even if one fails, and then throws the first failure. */
    @Override
    public void close() {
        List<CalledConnection> released;
        lock.lock();
        try {
            closed = true;
            released = List.copyOf(open);
            open.clear();
        } finally {
            lock.unlock();
        }
        List<IllegalStateException> failures = new ArrayList<>();
        for (CalledConnection connection : released) {
            try {
                connection.release();
            } catch (Throwable failure) {
                failures.add(new IllegalStateException(SafeText.of(failure), failure));
            }
        }
        remainingThreads().forEach(Thread::interrupt);
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }
}
