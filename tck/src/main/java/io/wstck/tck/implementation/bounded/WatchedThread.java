package io.wstck.tck.implementation.bounded;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A platform thread, what it is doing, and where. Any thread. */
public final class WatchedThread {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** A thread that waits uses next to nothing; one of many that spin on few processors uses at least this much. */
    private static final double SPINNING_SHARE = 0.005;

    /** In less time a thread that spins beside many others may not have had its turn. */
    private static final long WINDOW_NANOS = 2_000_000_000;

    /** Frames of these say how a thread waits or interprets, not what for. */
    private static final List<String> PLATFORM = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "org.luaj.");

    private final Thread thread;

    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private long sampledAt;
    private long sampledCpu;
    private Doing doing = Doing.UNKNOWN;

    /** What a thread has done between two samples. */
    public enum Doing {
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
     * Samples the processor time of the thread; {@link #doing} tells what it did since the last sample. Does nothing soon after that
     * sample.
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
                doing = cpu - sampledCpu > (now - sampledAt) * SPINNING_SHARE ? Doing.SPINNING : Doing.WAITING;
            }
            sampledAt = now;
            sampledCpu = cpu;
        } finally {
            lock.unlock();
        }
    }

    public Doing doing() {
        lock.lock();
        try {
            return doing;
        } finally {
            lock.unlock();
        }
    }

    /** For example {@code thread "reader-3", spinning at com.example.Reader.run(Reader.java:17)}. */
    public String describe() {
        String how = switch (doing()) {
            case UNKNOWN -> "";
            case WAITING -> ", waiting";
            case SPINNING -> ", spinning";
        };
        return "thread \"" + thread.getName() + "\"" + how
                + where(thread.getStackTrace()).map(place -> " at " + place).orElse("");
    }

    /** The innermost frame that belongs neither to the JDK nor to the Lua interpreter, or else the innermost one. */
    public static Optional<String> where(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> PLATFORM.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst()
                .or(() -> Arrays.stream(stack).findFirst())
                // Without the names of class loaders and modules, which not every stack has.
                .map(frame -> new StackTraceElement(
                                frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber())
                        .toString());
    }

    /** Nanoseconds, or -1 where the JVM does not tell. */
    private static long cpu(Thread thread) {
        if (thread.isVirtual() || !THREADS.isThreadCpuTimeSupported() || !THREADS.isThreadCpuTimeEnabled()) {
            return -1;
        }
        return THREADS.getThreadCpuTime(thread.threadId());
    }
}
