package io.wstck.tck.run;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Places of cases that are played side by side. A case of which nothing is seen waits, mostly for a client that hangs, and needs next to no
 * processor: after half a second it gives its place to another, unless there is but one, which asks for one case after the other. One that
 * goes on, however slowly, keeps its place: the more are played on a busy machine, the slower all of them would be. Any thread. Closed by
 * whoever made it.
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
    }

    /** Waits for a place for a script that does this. */
    Place take(Activity activity) throws InterruptedException {
        free.acquire();
        activity.seen();
        Place place = new Place(activity);
        if (count > 1) {
            place.lookAfter(LONG);
        }
        return place;
    }

    /** One that was taken; closing gives it back. */
    final class Place implements AutoCloseable {
        private final Activity activity;
        private final AtomicBoolean given = new AtomicBoolean();

        private Place(Activity activity) {
            this.activity = activity;
        }

        /** One look more may be under way when the place is closed: it finds that, and does nothing. */
        private void lookAfter(Duration delay) {
            var _ = clock.schedule(this::look, delay.toNanos(), TimeUnit.NANOSECONDS);
        }

        private void look() {
            Duration left = LONG.minus(activity.idle());
            if (given.get()) {
                return;
            }
            if (left.isPositive()) {
                lookAfter(left);
            } else {
                give();
            }
        }

        private void give() {
            if (given.compareAndSet(false, true)) {
                free.release();
            }
        }

        @Override
        public void close() {
            give();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
