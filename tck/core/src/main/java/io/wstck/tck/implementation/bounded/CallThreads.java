package io.wstck.tck.implementation.bounded;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Daemon threads for calls that may never return. Each call has a thread to itself. An interrupt left on the thread
 * does not reach the next call. Any thread. Its owner closes it.
 */
public final class CallThreads implements AutoCloseable {
    /** Deep enough that Lua's limit of nested calls comes before the JVM's: Lua's error names the line. */
    private static final long STACK_BYTES = 16L << 20;

    private final ThreadFactory factory;

    /** Idle threads are reused: a thread with such a stack costs more than most calls. */
    private final ExecutorService threads;

    /**
     * Starts no thread.
     *
     * @param name of the threads; a number is added
     */
    public CallThreads(String name) {
        factory = Thread.ofPlatform()
                .name(name, 1)
                .daemon()
                .stackSize(STACK_BYTES)
                .factory();
        threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    }

    /** Starts a call without waiting for it. */
    public <T> StartedCall<T> start(Callable<T> body) {
        StartedCall<T> call = new StartedCall<>(body);
        try {
            threads.execute(call);
        } catch (RejectedExecutionException e) {
            // The pool is closed. Resources that a run left open are still closed through a new thread.
            factory.newThread(call).start();
        }
        return call;
    }

    /** Interrupts the running calls and lets the threads end. Does not wait for them. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
