package io.wstck.client.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Pongs that are due, in the order of their pings. It is bounded: beyond, the oldest is given up, as RFC 6455 §5.5.3 allows to
 * answer only the most recent of several pings. For any number of threads.
 */
final class PongQueue {
    /** At most 125 bytes each. */
    static final int CAPACITY = 1024;

    /** Guards pongs; never held while anything blocks. */
    private final ReentrantLock lock = new ReentrantLock();

    private final ArrayDeque<byte[]> pongs = new ArrayDeque<>();

    void add(ByteBuffer payload) {
        byte[] copy = new byte[payload.remaining()];
        payload.get(payload.position(), copy);
        lock.lock();
        try {
            if (pongs.size() == CAPACITY) {
                pongs.removeFirst();
            }
            pongs.addLast(copy);
        } finally {
            lock.unlock();
        }
    }

    Optional<byte[]> poll() {
        lock.lock();
        try {
            return Optional.ofNullable(pongs.pollFirst());
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return pongs.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
