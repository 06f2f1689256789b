package io.wstck.tck.run;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Places of cases that are played side by side. A case that takes long waits, mostly for a client that hangs, and needs next to no
 * processor: after half a second it gives its place to another, unless there is but one, which asks for one case after the other. Any thread.
 * Closed by whoever made it.
 */
final class Places implements AutoCloseable {
    private static final Duration LONG = Duration.ofMillis(500);

    private final int count;
    private final Semaphore free;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("places").daemon().factory());

    /** At least one. */
    Places(int count) {
        this.count = count;
        free = new Semaphore(count);
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Waits for a place. */
    Place take() throws InterruptedException {
        free.acquire();
        return new Place();
    }

    /** One that was taken; closing gives it back. */
    final class Place implements AutoCloseable {
        private final AtomicBoolean given = new AtomicBoolean();
        private final Runnable disarm = count == 1 ? () -> {} : alarm();

        private Runnable alarm() {
            var alarm = clock.schedule(this::give, LONG.toNanos(), TimeUnit.NANOSECONDS);
            return () -> alarm.cancel(false);
        }

        private void give() {
            if (given.compareAndSet(false, true)) {
                free.release();
            }
        }

        @Override
        public void close() {
            disarm.run();
            give();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
