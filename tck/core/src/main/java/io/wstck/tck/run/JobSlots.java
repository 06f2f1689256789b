package io.wstck.tck.run;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Limits the number of active cases that run at the same time. A case without activity for 0.5 s usually waits for a
 * hanging client and hardly needs a processor, so it releases its slot early. With a single slot it does not: cases
 * then run strictly one after the other. A slow case with activity keeps its slot, because more cases would slow down a
 * busy machine further. Thread-safe. The caller closes it.
 */
final class JobSlots implements AutoCloseable {
    private static final Duration IDLE_LIMIT = Duration.ofMillis(500);

    private final int count;
    private final Semaphore free;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("job-slots").daemon().factory());

    /**
     * Creates slots.
     *
     * @param count at least 1
     */
    JobSlots(int count) {
        this.count = count;
        free = new Semaphore(count);
    }

    /**
     * Waits for a free slot.
     *
     * @param activity of the script that will run in it
     */
    JobSlot acquire(ScriptActivity activity) throws InterruptedException {
        free.acquire();
        activity.update();
        JobSlot slot = new JobSlot(activity);
        if (count > 1) {
            slot.checkAfter(IDLE_LIMIT);
        }
        return slot;
    }

    /** A slot in use. Closing it releases it. */
    final class JobSlot implements AutoCloseable {
        private final ScriptActivity activity;
        private final AtomicBoolean released = new AtomicBoolean();

        private JobSlot(ScriptActivity activity) {
            this.activity = activity;
        }

        /** Checks the activity later. A check after the slot was closed does nothing. */
        private void checkAfter(Duration delay) {
            var _ = clock.schedule(this::checkActivity, delay.toNanos(), TimeUnit.NANOSECONDS);
        }

        private void checkActivity() {
            Duration remaining = IDLE_LIMIT.minus(activity.idleTime());
            if (released.get()) {
                return;
            }
            if (remaining.isPositive()) {
                checkAfter(remaining);
            } else {
                releaseOnce();
            }
        }

        private void releaseOnce() {
            if (released.compareAndSet(false, true)) {
                free.release();
            }
        }

        @Override
        public void close() {
            releaseOnce();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
