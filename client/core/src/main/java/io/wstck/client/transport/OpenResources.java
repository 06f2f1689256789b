package io.wstck.client.transport;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The open connections and the running dials of a client. Closing the client releases all of them. */
final class OpenResources implements AutoCloseable {
    /** A connection or a dial. */
    interface OpenResource {
        /** Ends it in bounded time, and returns when it has ended. */
        void release();
    }

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Set<OpenResource> resources = new HashSet<>();
    private boolean closed;

    /** Adds an entry. Returns false and does not add it if the client is closed. */
    boolean add(OpenResource resource) {
        lock.lock();
        try {
            return !closed && resources.add(resource);
        } finally {
            lock.unlock();
        }
    }

    void remove(OpenResource resource) {
        lock.lock();
        try {
            resources.remove(resource);
        } finally {
            lock.unlock();
        }
    }

    /** Releases all entries in parallel, and returns when they have ended. Nothing can be added afterwards. */
    @Override
    public void close() {
        List<OpenResource> open;
        lock.lock();
        try {
            closed = true;
            open = List.copyOf(resources);
        } finally {
            lock.unlock();
        }
        List<Thread> releases = new ArrayList<>();
        for (OpenResource resource : open) {
            releases.add(Thread.ofVirtual().name("wstck-release").start(resource::release));
        }
        joinAll(releases);
    }

    /**
     * Waits for all threads, also after an interrupt, because each release is bounded. Sets the interrupt status again
     * at the end.
     */
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
