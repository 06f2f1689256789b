package io.wstck.tck.implementation.calls;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Queues the messages that a client delivers to a listener, until the script asks for them. Messages stay in order, and
 * all arrive before the end is reported. Any thread.
 */
public final class Inbox {
    private final int capacity;
    private final Runnable requestNext;

    /** Guards {@link #messages} and {@link #ended}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Deque<Received> messages = new ArrayDeque<>();
    private boolean ended;

    /**
     * Creates an inbox for a client that delivers messages on request. The caller requests the first one.
     *
     * @param capacity how many messages may wait, at least 1
     * @param requestNext requests one more message. It is called after each message that leaves room, and when a full
     * inbox gets room
     */
    public Inbox(int capacity, Runnable requestNext) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: expected at least 1, got " + capacity);
        }
        this.capacity = capacity;
        this.requestNext = requestNext;
    }

    /**
     * Creates an inbox for a client that delivers every message, and blocks while its listener blocks: {@link #put}.
     */
    public Inbox(int capacity) {
        this(capacity, () -> {});
    }

    /** Adds a message without waiting. After the end messages are dropped. */
    public void add(Received message) {
        boolean room;
        lock.lock();
        try {
            if (!ended) {
                messages.add(message);
                changed.signalAll();
            }
            room = ended || messages.size() < capacity;
        } finally {
            lock.unlock();
        }
        if (room) {
            requestNext.run();
        }
    }

    /** Adds a message as {@link #add} does, but first waits for room or the end. */
    public void put(Received message) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!ended && messages.size() >= capacity) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
        add(message);
    }

    /** The connection has ended, so no message follows. Idempotent. */
    public void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The script closed the connection, or the case is over. No message follows, and waiting messages are dropped. */
    public void abandon() {
        boolean full;
        lock.lock();
        try {
            full = !ended && messages.size() >= capacity;
            ended = true;
            messages.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        // The peer's close frame is behind messages that were not requested yet.
        if (full) {
            requestNext.run();
        }
    }

    /** Takes a message, as {@link CalledConnection#receive} does. */
    public Received take(Optional<Duration> wait) throws InterruptedException {
        long left = wait.orElse(Duration.ZERO).toNanos();
        boolean full;
        Received taken;
        lock.lockInterruptibly();
        try {
            while (messages.isEmpty() && !ended) {
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
            full = !ended && messages.size() >= capacity;
            taken = messages.remove();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (full) {
            requestNext.run();
        }
        return taken;
    }
}
