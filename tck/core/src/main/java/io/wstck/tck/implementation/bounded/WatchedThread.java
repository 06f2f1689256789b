package io.wstck.tck.implementation.bounded;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Samples the processor time of a platform thread, to tell whether it waits or spins and at which source line. Any
 * thread.
 */
public final class WatchedThread {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /**
     * A waiting thread uses almost no processor time. One of many spinning threads on few processors uses at least this
     * share.
     */
    private static final double SPINNING_SHARE = 0.005;

    /** Within a shorter time the scheduler may not run a spinning thread at all, if many others spin. */
    private static final long WINDOW_NANOS = 2_000_000_000;

    /** Frames of these packages do not tell what a thread is waiting for. */
    private static final List<String> PLATFORM_PACKAGES =
            List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "org.luaj.");

    private final Thread thread;

    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private long sampledAt;
    private long sampledCpu;
    private ThreadActivity activity = ThreadActivity.UNKNOWN;

    /** The activity of a thread between two samples. */
    public enum ThreadActivity {
        UNKNOWN,
        WAITING,
        SPINNING
    }

    public WatchedThread(Thread thread) {
        this.thread = thread;
    }

    public boolean isAlive() {
        return thread.isAlive();
    }

    /**
     * Samples the processor time of the thread. {@link #activity} then tells what it did since the last sample. Does
     * nothing within 2 s of the last sample.
     */
    public void sample() {
        long now = System.nanoTime();
        long cpu = cpu(thread);
        lock.lock();
        try {
            if (sampledAt != 0 && now - sampledAt < WINDOW_NANOS) {
                return;
            }
            if (sampledAt != 0 && cpu >= 0) {
                activity = cpu - sampledCpu > (now - sampledAt) * SPINNING_SHARE
                        ? ThreadActivity.SPINNING
                        : ThreadActivity.WAITING;
            }
            sampledAt = now;
            sampledCpu = cpu;
        } finally {
            lock.unlock();
        }
    }

    public ThreadActivity activity() {
        lock.lock();
        try {
            return activity;
        } finally {
            lock.unlock();
        }
    }

    /** For example {@code thread "reader-3", spinning at com.example.Reader.run(Reader.java:17)}. */
    public String describe() {
        String how = switch (activity()) {
            case UNKNOWN -> "";
            case WAITING -> ", waiting";
            case SPINNING -> ", spinning";
        };
        return "thread \"" + thread.getName() + "\"" + how
                + where(thread.getStackTrace()).map(place -> " at " + place).orElse("");
    }

    /** The innermost frame outside the JDK and the Lua interpreter; the innermost one of all if there is none. */
    public static Optional<String> where(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> PLATFORM_PACKAGES.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst()
                .or(() -> Arrays.stream(stack).findFirst())
                // Leaves out class loader and module, which some stacks lack.
                .map(frame -> new StackTraceElement(
                                frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber())
                        .toString());
    }

    /** Processor time in nanoseconds; -1 if the JVM does not tell. */
    private static long cpu(Thread thread) {
        if (thread.isVirtual() || !THREADS.isThreadCpuTimeSupported() || !THREADS.isThreadCpuTimeEnabled()) {
            return -1;
        }
        return THREADS.getThreadCpuTime(thread.threadId());
    }
}
