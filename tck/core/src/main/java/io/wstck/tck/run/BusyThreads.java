package io.wstck.tck.run;

import io.wstck.tck.implementation.bounded.WatchedThread;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Measures which platform threads of the client use a processor after a script has reached its limit. The report names
 * them. The JVM does not measure virtual threads. Thread-safe.
 */
final class BusyThreads {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Duration WINDOW = Duration.ofMillis(100);

    /** A thread counts as busy above a tenth of a processor, since several threads may share one. */
    private static final double BUSY_SHARE = 0.1;

    /** A measurement takes {@link #WINDOW} and is used again for this long. */
    private static final Duration MAX_AGE = Duration.ofSeconds(1);

    private static final int MAX_NAMED = 10;

    /** A thread with one of these prefixes in its stack belongs to the kit, or carries virtual threads. */
    private static final List<String> KIT_PREFIXES = List.of(
            "io.wstck.tck.", "io.wstck.server.", "io.undertow.", "org.xnio.", "org.junit.", "java.lang.VirtualThread");

    /** Guards the fields below. It is held during a measurement; other callers wait for its result. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Long, String> busyByThreadId = new LinkedHashMap<>();
    private List<String> lastMeasured = List.of();
    private long measuredAt = System.nanoTime() - MAX_AGE.toNanos();

    /** Describes the threads that are busy now. Takes 100 ms. */
    List<String> measure() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (System.nanoTime() - measuredAt >= MAX_AGE.toNanos()) {
                Map<Long, Long> before = processorTimes();
                TimeUnit.NANOSECONDS.sleep(WINDOW.toNanos());
                lastMeasured = busy(before);
                measuredAt = System.nanoTime();
            }
            return lastMeasured;
        } finally {
            lock.unlock();
        }
    }

    /** Describes all threads that were busy during the run, one line each. */
    List<String> remarks() {
        lock.lock();
        try {
            List<String> lines = new ArrayList<>();
            busyByThreadId.values().stream()
                    .limit(MAX_NAMED)
                    .forEach(thread -> lines.add("used a processor: " + thread));
            if (busyByThreadId.size() > MAX_NAMED) {
                lines.add("used a processor: " + (busyByThreadId.size() - MAX_NAMED) + " more threads of the client");
            }
            return lines;
        } finally {
            lock.unlock();
        }
    }

    private static Map<Long, Long> processorTimes() {
        Map<Long, Long> times = new HashMap<>();
        if (THREADS.isThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled()) {
            for (long id : THREADS.getAllThreadIds()) {
                times.put(id, THREADS.getThreadCpuTime(id));
            }
        }
        return times;
    }

    private List<String> busy(Map<Long, Long> before) {
        long[] ids = before.entrySet().stream()
                .filter(entry -> entry.getValue() >= 0
                        && THREADS.getThreadCpuTime(entry.getKey()) - entry.getValue() > WINDOW.toNanos() * BUSY_SHARE)
                .mapToLong(Map.Entry::getKey)
                .toArray();
        List<String> found = new ArrayList<>();
        for (ThreadInfo info : ids.length == 0 ? new ThreadInfo[0] : THREADS.getThreadInfo(ids, Integer.MAX_VALUE)) {
            if (info != null && isClientThread(info.getStackTrace())) {
                String thread = "thread \"" + info.getThreadName() + "\""
                        + WatchedThread.where(info.getStackTrace())
                                .map(place -> " at " + place)
                                .orElse("");
                found.add(thread);
                busyByThreadId.putIfAbsent(info.getThreadId(), thread);
            }
        }
        return found;
    }

    private static boolean isClientThread(StackTraceElement[] stack) {
        return stack.length > 0
                && Arrays.stream(stack)
                        .map(StackTraceElement::getClassName)
                        .noneMatch(name -> KIT_PREFIXES.stream().anyMatch(name::startsWith));
    }
}
