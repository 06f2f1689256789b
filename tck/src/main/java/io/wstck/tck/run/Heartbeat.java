package io.wstck.tck.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Two threads that sleep for a moment, again and again, and note each time that they woke late: a platform thread, as scripts have, and
 * a virtual one, as connections have, which may wait for a carrier longer than for a processor. Closed by whoever started it.
 */
final class Heartbeat implements Lateness, AutoCloseable {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** What is less late is not kept: a busy machine does that all the time. */
    private static final long KEPT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Beats that late cover more than a minute, longer than any case is played. */
    private static final int MOST_KEPT = 2048;

    private final List<Pulse> pulses = List.of(
            new Pulse(Thread.ofPlatform().name("heartbeat").daemon()),
            new Pulse(Thread.ofVirtual().name("virtual-heartbeat")));

    private volatile State state = State.BEATING;

    private enum State {
        BEATING,
        CLOSED
    }

    private record LateBeat(long due, long woke) {
        long nanos() {
            return woke - due;
        }

        boolean overlaps(long from, long to) {
            return woke - from >= 0 && to - due >= 0;
        }
    }

    private Heartbeat() {}

    static Heartbeat start() {
        Heartbeat heartbeat = new Heartbeat();
        heartbeat.pulses.forEach(pulse -> pulse.thread.start());
        return heartbeat;
    }

    @Override
    public Duration worst(long from, long to) {
        return Duration.ofNanos(
                pulses.stream().mapToLong(pulse -> pulse.worst(from, to)).max().orElse(0));
    }

    /** Ends the threads; what they noted can still be asked for. */
    @Override
    public void close() {
        state = State.CLOSED;
        pulses.forEach(pulse -> LockSupport.unpark(pulse.thread));
    }

    /** One thread, and how late it was. */
    private final class Pulse {
        private final Thread thread;

        /** Guards {@link #late} and {@link #due}. */
        private final ReentrantLock lock = new ReentrantLock();

        private final Deque<LateBeat> late = new ArrayDeque<>();
        private long due = System.nanoTime() + INTERVAL_NANOS;

        Pulse(Thread.Builder kind) {
            thread = kind.unstarted(this::beat);
        }

        private void beat() {
            while (state == State.BEATING) {
                long left = due - System.nanoTime();
                if (left > 0) {
                    LockSupport.parkNanos(left);
                } else {
                    note(System.nanoTime());
                }
            }
        }

        private void note(long woke) {
            lock.lock();
            try {
                LateBeat beat = new LateBeat(due, woke);
                if (beat.nanos() > KEPT_NANOS) {
                    late.addLast(beat);
                    if (late.size() > MOST_KEPT) {
                        late.removeFirst();
                    }
                }
                due = woke + INTERVAL_NANOS;
            } finally {
                lock.unlock();
            }
        }

        long worst(long from, long to) {
            lock.lock();
            try {
                // The beat that is due may itself be late, and not yet know it.
                LateBeat next = new LateBeat(due, System.nanoTime());
                long worst = next.overlaps(from, to) ? Math.max(0, next.nanos()) : 0;
                for (LateBeat beat : late) {
                    if (beat.overlaps(from, to)) {
                        worst = Math.max(worst, beat.nanos());
                    }
                }
                return worst;
            } finally {
                lock.unlock();
            }
        }
    }
}
