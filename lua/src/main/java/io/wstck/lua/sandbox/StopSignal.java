package io.wstck.lua.sandbox;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Whether a session has been told to stop, and which thread to interrupt for it. */
final class StopSignal {
    /** Guards all fields; {@link #asked} is also read without it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition left = lock.newCondition();
    private volatile boolean asked;
    private String reason = "";
    private Thread active;
    private Optional<Runnable> abort = Optional.empty();
    private final Set<Thread> interrupted = new HashSet<>();

    boolean asked() {
        return asked;
    }

    String reason() {
        lock.lock();
        try {
            return reason;
        } finally {
            lock.unlock();
        }
    }

    /** The first reason is kept. */
    void ask(String why) {
        lock.lock();
        try {
            if (!asked) {
                reason = why;
                asked = true;
            }
            // A thread that stops itself needs no interrupt: it looks at the signal next.
            if (active != null && !active.equals(Thread.currentThread())) {
                active.interrupt();
                interrupted.add(active);
                abort.ifPresent(Thread.ofVirtual().name("lua-abort")::start);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What ends the blocking call that the active thread is about to make, when an interrupt alone does not. */
    void abortWith(Optional<Runnable> action) {
        lock.lock();
        try {
            abort = action;
        } finally {
            lock.unlock();
        }
    }

    /** The calling thread begins to run the session. */
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

    /** Another thread takes over: that of a coroutine, or of the one that resumed it. */
    void handTo(Thread thread) {
        lock.lock();
        try {
            active = thread;
        } finally {
            lock.unlock();
        }
    }

    /** The calling thread no longer runs the session; an interrupt of ours is taken back. */
    void leave() {
        lock.lock();
        try {
            active = null;
            if (interrupted.contains(Thread.currentThread())) {
                Thread.interrupted();
            }
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no thread runs the session; false when one still does after that time. */
    boolean awaitLeft(long time, TimeUnit unit) throws InterruptedException {
        long nanos = unit.toNanos(time);
        lock.lock();
        try {
            while (active != null && !active.equals(Thread.currentThread())) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = left.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
