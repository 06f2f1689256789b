package io.wstck.tck.implementation.bounded;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Daemon threads for calls that may never return. A call has its thread for itself; an interrupt that it leaves on the thread ends with the
 * call. Any thread. Closed by its owner.
 */
public final class CallThreads implements AutoCloseable {
    /** Room for Lua's own limit of nested calls, which names the line; the JVM's limit does not. */
    private static final long STACK_BYTES = 16L << 20;

    private final ThreadFactory factory;

    /** A thread with that much stack costs more to make than most calls: an idle one takes the next call. */
    private final ExecutorService threads;

    /**
     * No thread yet.
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

    /** Starts a call, and does not wait for it. */
    public <T> StartedCall<T> start(Callable<T> body) {
        StartedCall<T> call = new StartedCall<>(body);
        try {
            threads.execute(call);
        } catch (RejectedExecutionException e) {
            // What a run has left open is let go of also after its threads are closed.
            factory.newThread(call).start();
        }
        return call;
    }

    /** Interrupts the calls that are under way, and lets the threads end; does not wait for them. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
