package io.wstck.client.transport;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A timer that uses the clock of the JVM. Its thread starts with the first scheduled action. It ends with
 * {@link #close}, or when no action has been pending for some seconds, and starts again with the next one.
 */
final class SystemTimer implements DeadlineTimer {
    private static final long IDLE_SECONDS = 5;

    private final ScheduledThreadPoolExecutor timer;

    SystemTimer() {
        timer = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform().daemon().name("wstck-deadlines").factory(),
                // After close no connection is left that needs a deadline.
                new ThreadPoolExecutor.DiscardPolicy());
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

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
