package io.wstck.client.transport;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A timer that uses the clock of the JVM. All clients share one, because its actions never block. Its thread starts
 * with the first scheduled action. It ends when no action has been pending for some seconds, and starts again with the
 * next one.
 */
final class SystemTimer implements DeadlineTimer {
    /** The timer of all clients. */
    static final SystemTimer SHARED = new SystemTimer();

    private static final long IDLE_SECONDS = 5;

    private final ScheduledThreadPoolExecutor timer;

    private SystemTimer() {
        // The thread inherits nothing from the thread that starts it, because it outlives that thread's client.
        timer = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform()
                        .daemon()
                        .name("wstck-deadlines")
                        .inheritInheritableThreadLocals(false)
                        .factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public Future<?> schedule(Runnable action, long nanos) {
        return timer.schedule(action, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean await(BoundedWait wait, long deadline) throws InterruptedException {
        return wait.await(deadline - now());
    }
}
