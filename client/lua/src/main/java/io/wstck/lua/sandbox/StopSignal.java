package io.wstck.lua.sandbox;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Stores the request to stop a session, and interrupts the thread that runs it. */
final class StopSignal {
    /** Guards all fields; {@link #requested} is also read without it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition idle = lock.newCondition();
    private volatile boolean requested;
    private String reason = "";
    private Thread active;
    private Optional<Runnable> abort = Optional.empty();
    private final Set<Thread> interrupted = new HashSet<>();

    boolean requested() {
        return requested;
    }

    String reason() {
        lock.lock();
        try {
            return reason;
        } finally {
            lock.unlock();
        }
    }

    /** Asks the session to stop. Only the first reason is kept. */
    void request(String newReason) {
        lock.lock();
        try {
            if (!requested) {
                reason = newReason;
                requested = true;
            }
            // A thread that stops itself needs no interrupt, because it checks the signal next.
            if (active != null && !active.equals(Thread.currentThread())) {
                active.interrupt();
                interrupted.add(active);
                abort.ifPresent(Thread.ofVirtual().name("lua-abort")::start);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sets the action that ends the next blocking call of the active thread if an interrupt does not end it. */
    void abortWith(Optional<Runnable> action) {
        lock.lock();
        try {
            abort = action;
        } finally {
            lock.unlock();
        }
    }

    /** Records that the calling thread begins to run the session. */
    void enter() {
        lock.lock();
        try {
            if (active != null) {
                throw new IllegalStateException("the Lua session is run by thread " + active.getName() + " already");
            }
            active = Thread.currentThread();
            interrupted.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Records that another thread runs the session: the thread of a coroutine, or of its resumer. */
    void transferTo(Thread thread) {
        lock.lock();
        try {
            active = thread;
        } finally {
            lock.unlock();
        }
    }

    /** Records that the calling thread no longer runs the session, and clears an interrupt that this class has sent. */
    void leave() {
        lock.lock();
        try {
            active = null;
            if (interrupted.contains(Thread.currentThread())) {
                Thread.interrupted();
            }
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no thread runs the session. Returns false if one still does after that time. */
    boolean awaitIdle(long time, TimeUnit unit) throws InterruptedException {
        long nanos = unit.toNanos(time);
        lock.lock();
        try {
            while (active != null && !active.equals(Thread.currentThread())) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = idle.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
