package io.wstck.lua.time;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.Source;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.luaj.vm2.LuaError;

/**
 * Starts the timers of {@code time.after} for one session, and cancels the pending ones when it is closed. A timer
 * refers to its channel but not to its session, so it keeps no session in memory.
 */
final class SessionTimers implements AutoCloseable {
    private static final long IDLE_SECONDS = 1;

    /** The daemon thread for the timers of all sessions. It ends when no timer has been pending for a second. */
    private static final ScheduledThreadPoolExecutor SCHEDULER = scheduler();

    private final Set<Timer> pending = ConcurrentHashMap.newKeySet();
    private final int limit;

    SessionTimers(int limit) {
        this.limit = limit;
    }

    /**
     * Returns a channel that receives one value after the duration: the time in milliseconds since 1970. It is never
     * closed.
     */
    Source<Double> after(Duration duration) {
        if (pending.size() >= limit) {
            throw new LuaError("more than " + limit + " timers that have not fired");
        }
        Timer timer = new Timer(pending);
        pending.add(timer);
        timer.startOn(SCHEDULER, duration);
        return timer.channel;
    }

    /** Cancels the pending timers. */
    @Override
    public void close() {
        pending.forEach(Timer::cancel);
        pending.clear();
    }

    private static ScheduledThreadPoolExecutor scheduler() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform()
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .name("lua-timers")
                        .factory());
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        scheduler.allowCoreThreadTimeOut(true);
        return scheduler;
    }

    private static final class Timer implements Runnable {
        // The capacity of 1 holds the value, so that the timers' thread never waits for a script.
        final Channel<Double> channel = Channel.newBufferedChannel(1);
        private final Set<Timer> pending;
        private volatile Future<?> scheduled = java.util.concurrent.CompletableFuture.completedFuture(null);

        Timer(Set<Timer> pending) {
            this.pending = pending;
        }

        void startOn(ScheduledThreadPoolExecutor scheduler, Duration duration) {
            scheduled = scheduler.schedule(this, duration.toNanos(), TimeUnit.NANOSECONDS);
        }

        void cancel() {
            scheduled.cancel(false);
        }

        @Override
        public void run() {
            pending.remove(this);
            try {
                channel.send((double) System.currentTimeMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the thread of the timers was interrupted", e);
            }
        }
    }
}
