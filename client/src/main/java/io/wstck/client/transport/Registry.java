package io.wstck.client.transport;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** What a client has open, dials and connections alike, so that closing the client leaves nothing behind. */
public final class Registry implements AutoCloseable {
    /** Something open. */
    interface Entry {
        /** Ends it in bounded time, and returns when it has ended. */
        void release();
    }

    private enum Phase {
        OPEN,
        CLOSED
    }

    /** Guards entries and phase. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Set<Entry> entries = new HashSet<>();
    private Phase phase = Phase.OPEN;

    /** Adds an entry; returns false, and does not keep it, if the client is closed. */
    boolean add(Entry entry) {
        lock.lock();
        try {
            return phase == Phase.OPEN && entries.add(entry);
        } finally {
            lock.unlock();
        }
    }

    void remove(Entry entry) {
        lock.lock();
        try {
            entries.remove(entry);
        } finally {
            lock.unlock();
        }
    }

    /** Releases all entries at the same time, and returns when they have ended; nothing can be added afterwards. */
    @Override
    public void close() {
        List<Entry> open;
        lock.lock();
        try {
            phase = Phase.CLOSED;
            open = List.copyOf(entries);
        } finally {
            lock.unlock();
        }
        List<Thread> releases = new ArrayList<>();
        for (Entry entry : open) {
            releases.add(Thread.ofVirtual().name("wstck-release").start(entry::release));
        }
        joinAll(releases);
    }

    /** Each release is bounded by itself: an interrupt is kept for later instead of leaving something open. */
    private static void joinAll(List<Thread> threads) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
