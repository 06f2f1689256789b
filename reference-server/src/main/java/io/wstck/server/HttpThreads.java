package io.wstck.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that handle HTTP requests. The I/O threads read, write and hand over, and never block. Work that takes a processor for
 * long is not for virtual threads: players share their carriers.
 *
 * @param requests handle every request, and may block
 * @param posts parse bodies and open sessions
 * @param journals turn journals into JSON
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
     * One platform thread, so that what its work takes of the heap and the processors is bounded. The limit of connections bounds its
     * queue.
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
