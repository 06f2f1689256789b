package io.wstck.tck.implementation.calls;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Messages between a client that calls a listener and a script that asks for them: bounded, in order, and what came before the
 * end is delivered before the end is told. Any thread.
 */
public final class Inbox {
    private final int capacity;
    private final Runnable wanted;

    /** Guards {@link #messages} and {@link #state}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Deque<Received> messages = new ArrayDeque<>();
    private State state = State.OPEN;

    private enum State {
        OPEN,
        ENDED
    }

    /**
     * An inbox for a client that delivers what it is asked for.
     *
     * @param capacity how many messages may wait, at least 1
     * @param wanted asks the client for one more message; called after each message for which there is still room behind it,
     *     and else when room was made. Whoever opens the connection asks for the first one
     */
    public Inbox(int capacity, Runnable wanted) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: expected at least 1, got " + capacity);
        }
        this.capacity = capacity;
        this.wanted = wanted;
    }

    /** An inbox for a client that delivers whatever comes, and is held up by a listener that does not return: {@link #put}. */
    public Inbox(int capacity) {
        this(capacity, () -> {});
    }

    /** A message has come. Does not wait; after the end nothing is taken in. */
    public void add(Received message) {
        boolean room;
        lock.lock();
        try {
            if (state == State.OPEN) {
                messages.add(message);
                changed.signalAll();
            }
            room = state == State.ENDED || messages.size() < capacity;
        } finally {
            lock.unlock();
        }
        if (room) {
            wanted.run();
        }
    }

    /** As {@link #add}, but waits first until there is room, or the end. */
    public void put(Received message) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (state == State.OPEN && messages.size() >= capacity) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
        add(message);
    }

    /** The connection has ended: nothing more comes. Again does nothing. */
    public void end() {
        lock.lock();
        try {
            state = State.ENDED;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The connection was closed from here, or is let go of: nothing more comes, and what nobody has taken is dropped. */
    public void abandon() {
        boolean full;
        lock.lock();
        try {
            full = state == State.OPEN && messages.size() >= capacity;
            state = State.ENDED;
            messages.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        // The peer's close frame is behind the messages that nobody asked for.
        if (full) {
            wanted.run();
        }
    }

    /** As {@link CalledConnection#receive}. */
    public Received take(Optional<Duration> wait) throws InterruptedException {
        long left = wait.orElse(Duration.ZERO).toNanos();
        boolean full;
        Received taken;
        lock.lockInterruptibly();
        try {
            while (messages.isEmpty() && state == State.OPEN) {
                if (wait.isEmpty()) {
                    changed.await();
                } else if (left <= 0) {
                    return Received.nothing();
                } else {
                    left = changed.awaitNanos(left);
                }
            }
            if (messages.isEmpty()) {
                return Received.closed();
            }
            full = state == State.OPEN && messages.size() >= capacity;
            taken = messages.remove();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (full) {
            wanted.run();
        }
        return taken;
    }
}
