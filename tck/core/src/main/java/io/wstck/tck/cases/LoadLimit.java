package io.wstck.tck.cases;

import io.wstck.lua.LuaSession;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * Stops files that do not end. The limit is processor time of the thread that loads the file, because on a busy machine
 * any file may take long. A limit of elapsed time is only for what the thread's own time does not count, such as the
 * work of the garbage collector.
 *
 * @param clock runs the checks
 * @param processor the limit of processor time for each file
 * @param elapsed the limit of elapsed time for each file
 * @param processorTime the processor time of a thread in nanoseconds, or a negative number if it is unknown
 */
record LoadLimit(
        ScheduledExecutorService clock, Duration processor, Duration elapsed, ToLongFunction<Thread> processorTime) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Between two checks of a file that has almost used up its time. */
    private static final long MIN_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** The processor time of a thread in nanoseconds, or -1 if this JVM does not measure it. */
    static long processorTime(Thread thread) {
        if (thread.isVirtual() || !THREADS.isThreadCpuTimeSupported() || !THREADS.isThreadCpuTimeEnabled()) {
            return -1;
        }
        return THREADS.getThreadCpuTime(thread.threadId());
    }

    /** Limits a file that the calling thread loads in this session. The caller closes the result at the end. */
    LimitedLoad begin(LuaSession session) {
        LimitedLoad load = new LimitedLoad(session, Thread.currentThread());
        load.checkAfter(processor.toNanos());
        return load;
    }

    /** One file that is being loaded. */
    final class LimitedLoad implements AutoCloseable {
        private final LuaSession session;
        private final Thread thread;
        private final long begunNanos = System.nanoTime();
        private final long begunProcessor;
        private volatile boolean closed;

        private LimitedLoad(LuaSession session, Thread thread) {
            this.session = session;
            this.thread = thread;
            begunProcessor = processorTime.applyAsLong(thread);
        }

        private void checkAfter(long nanos) {
            var _ = clock.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
        }

        private void check() {
            if (closed) {
                return;
            }
            long past = System.nanoTime() - begunNanos;
            long now = processorTime.applyAsLong(thread);
            // Without a measured time the thread counts as running all the time.
            long used = begunProcessor < 0 || now < 0 ? past : now - begunProcessor;
            if (used >= processor.toNanos()) {
                session.stop("the file was still running after " + processor.toMillis() + " ms of processor time");
            } else if (past >= elapsed.toNanos()) {
                session.stop("the file was still running after " + elapsed.toMillis() + " ms");
            } else {
                long left = Math.min(processor.toNanos() - used, elapsed.toNanos() - past);
                checkAfter(Math.max(left, MIN_INTERVAL_NANOS));
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
