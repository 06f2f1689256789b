package io.wstck.client.transport;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that help the threads of connections for a short time. The platform threads among them are shared by all
 * clients and reused, because a start costs about five times as much as a hand-over. They end when they have been idle
 * for some seconds. Any number of threads may use it.
 */
final class HelperThreads {
    /** The name of a platform thread while it waits for its next task. */
    static final String IDLE_NAME = "wstck-idle";

    private static final long IDLE_SECONDS = 5;

    /** Its threads inherit no values from the thread that starts them, because they outlive that thread's client. */
    private static final ExecutorService PLATFORM_THREADS = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform()
                    .daemon()
                    .name(IDLE_NAME)
                    .inheritInheritableThreadLocals(false)
                    .factory());

    private HelperThreads() {}

    /**
     * Runs the task on a thread of the same kind as the current thread. A virtual thread that reads or writes makes the
     * socket non-blocking for all its life. Each message that a platform thread waits for then takes two reads.
     *
     * @param name the name of the thread during the task
     */
    static void runOnSameKind(String name, Runnable task) {
        if (Thread.currentThread().isVirtual()) {
            Thread.ofVirtual().name(name).start(task);
        } else {
            runOnPlatform(name, task);
        }
    }

    /**
     * Runs the task on a platform thread, which has the context class loader of the current thread during the task.
     *
     * @param name the name of the thread during the task
     */
    static void runOnPlatform(String name, Runnable task) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        PLATFORM_THREADS.execute(() -> {
            Thread thread = Thread.currentThread();
            thread.setName(name);
            thread.setContextClassLoader(loader);
            task.run();
            // Not after an exception, which ends the thread and is reported under the name of the task.
            thread.setContextClassLoader(null);
            thread.setName(IDLE_NAME);
        });
    }
}
