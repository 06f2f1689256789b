package io.wstck.tck.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** A thread that sleeps for a moment, again and again, and notes each time that it woke late. Closed by whoever started it. */
final class Heartbeat implements Lateness, AutoCloseable {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** What is less late is not kept: a busy machine does that all the time. */
    private static final long KEPT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Beats that late cover more than a minute, longer than any case is played. */
    private static final int MOST_KEPT = 2048;

    private final Thread thread;

    /** Guards {@link #late} and {@link #due}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Deque<LateBeat> late = new ArrayDeque<>();
    private long due = System.nanoTime() + INTERVAL_NANOS;
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

    private Heartbeat() {
        thread = Thread.ofPlatform().name("heartbeat").daemon().unstarted(this::beat);
    }

    static Heartbeat start() {
        Heartbeat heartbeat = new Heartbeat();
        heartbeat.thread.start();
        return heartbeat;
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

    @Override
    public Duration worst(long from, long to) {
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
            return Duration.ofNanos(worst);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread; what it noted can still be asked for. */
    @Override
    public void close() {
        state = State.CLOSED;
        LockSupport.unpark(thread);
    }
}
