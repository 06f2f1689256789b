package io.wstck.tck.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Detects stalls of this machine. Two threads sleep for 10 ms in a loop and note when they woke late. One is a platform
 * thread, like those of scripts. The other is a virtual thread, like those of connections, which may also wait for a
 * carrier thread. The caller closes it.
 */
final class StallDetector implements StallLog, AutoCloseable {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Shorter delays are not kept: they are common on a busy machine. */
    private static final long MIN_STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** This number of late wakeups covers more than a minute, longer than any case runs. */
    private static final int MAX_KEPT = 2048;

    private final List<WakeupSampler> samplers = List.of(
            new WakeupSampler(Thread.ofPlatform().name("stall-detector").daemon()),
            new WakeupSampler(Thread.ofVirtual().name("virtual-stall-detector")));

    private volatile boolean closed;

    private record LateWakeup(long due, long woke) {
        long nanos() {
            return woke - due;
        }

        boolean overlaps(long from, long to) {
            return woke - from >= 0 && to - due >= 0;
        }
    }

    private StallDetector() {}

    static StallDetector start() {
        StallDetector detector = new StallDetector();
        detector.samplers.forEach(sampler -> sampler.thread.start());
        return detector;
    }

    @Override
    public Duration worstStall(long from, long to) {
        return Duration.ofNanos(samplers.stream()
                .mapToLong(sampler -> sampler.worstStall(from, to))
                .max()
                .orElse(0));
    }

    /** Ends the threads. Their records can still be read. */
    @Override
    public void close() {
        closed = true;
        samplers.forEach(sampler -> LockSupport.unpark(sampler.thread));
    }

    /** One sleeping thread and its late wakeups. */
    private final class WakeupSampler {
        private final Thread thread;

        /** Guards {@link #lateWakeups} and {@link #due}. */
        private final ReentrantLock lock = new ReentrantLock();

        private final Deque<LateWakeup> lateWakeups = new ArrayDeque<>();
        private long due = System.nanoTime() + INTERVAL_NANOS;

        WakeupSampler(Thread.Builder builder) {
            thread = builder.unstarted(this::sample);
        }

        private void sample() {
            while (!closed) {
                long remaining = due - System.nanoTime();
                if (remaining > 0) {
                    LockSupport.parkNanos(remaining);
                } else {
                    recordWakeup(System.nanoTime());
                }
            }
        }

        private void recordWakeup(long woke) {
            lock.lock();
            try {
                LateWakeup wakeup = new LateWakeup(due, woke);
                if (wakeup.nanos() > MIN_STALL_NANOS) {
                    lateWakeups.addLast(wakeup);
                    if (lateWakeups.size() > MAX_KEPT) {
                        lateWakeups.removeFirst();
                    }
                }
                due = woke + INTERVAL_NANOS;
            } finally {
                lock.unlock();
            }
        }

        long worstStall(long from, long to) {
            lock.lock();
            try {
                // The next wakeup may itself be late, and not be recorded yet.
                LateWakeup next = new LateWakeup(due, System.nanoTime());
                long worst = next.overlaps(from, to) ? Math.max(0, next.nanos()) : 0;
                for (LateWakeup wakeup : lateWakeups) {
                    if (wakeup.overlaps(from, to)) {
                        worst = Math.max(worst, wakeup.nanos());
                    }
                }
                return worst;
            } finally {
                lock.unlock();
            }
        }
    }
}
