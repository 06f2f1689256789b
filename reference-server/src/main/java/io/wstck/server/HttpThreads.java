package io.wstck.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that handle HTTP requests. I/O threads only read, write and dispatch, and never block. Long computations
 * do not run on virtual threads, because players share the carrier threads.
 *
 * @param requests handles every request; tasks may block
 * @param posts parses bodies and opens sessions
 * @param journals writes journals as JSON
 */
record HttpThreads(ExecutorService requests, ExecutorService posts, ExecutorService journals) implements AutoCloseable {
    private static final int CLOSE_SECONDS = 5;

    static HttpThreads start() {
        return new HttpThreads(
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("wstck-server-http").factory()),
                single("wstck-server-posts"),
                single("wstck-server-journals"));
    }

    /**
     * An executor with one platform thread, so that its use of heap and processors is bounded. The connection limit
     * bounds its queue.
     */
    private static ExecutorService single(String name) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1,
                1,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name(name).factory());
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Ends all work: drops waiting tasks and interrupts running ones. */
    @Override
    public void close() {
        var _ = posts.shutdownNow();
        var _ = journals.shutdownNow();
        var _ = requests.shutdownNow();
        try {
            var _ = posts.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            var _ = journals.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            var _ = requests.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
