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
 * Finds the client's platform threads that use a processor after a script has reached its limit, to name them in the report. The JVM does
 * not measure virtual threads. Any thread.
 */
final class BusyThreads {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Duration WINDOW = Duration.ofMillis(100);

    /** A tenth of a processor, since several threads may share it. */
    private static final double SHARE = 0.1;

    /** A look costs some milliseconds; what was seen is true for a while. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final int NAMED = 10;

    /** A thread with one of these frames is the kit's, or carries virtual threads. */
    private static final List<String> NOT_THE_CLIENTS = List.of(
            "io.wstck.tck.", "io.wstck.server.", "io.undertow.", "org.xnio.", "org.junit.", "java.lang.VirtualThread");

    /** Guards what follows; held while a look is under way, which the others wait for. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Long, String> seen = new LinkedHashMap<>();
    private List<String> last = List.of();
    private long lookedAt = System.nanoTime() - FRESH.toNanos();

    /** The threads, a description each. Takes a tenth of a second. */
    List<String> look() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (System.nanoTime() - lookedAt >= FRESH.toNanos()) {
                Map<Long, Long> before = processorTimes();
                TimeUnit.NANOSECONDS.sleep(WINDOW.toNanos());
                last = busy(before);
                lookedAt = System.nanoTime();
            }
            return last;
        } finally {
            lock.unlock();
        }
    }

    /** All that were seen in the course of the run, a line each. */
    List<String> remarks() {
        lock.lock();
        try {
            List<String> lines = new ArrayList<>();
            seen.values().stream().limit(NAMED).forEach(thread -> lines.add("used a processor: " + thread));
            if (seen.size() > NAMED) {
                lines.add("used a processor: " + (seen.size() - NAMED) + " more threads of the client");
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
                        && THREADS.getThreadCpuTime(entry.getKey()) - entry.getValue() > WINDOW.toNanos() * SHARE)
                .mapToLong(Map.Entry::getKey)
                .toArray();
        List<String> found = new ArrayList<>();
        for (ThreadInfo info : ids.length == 0 ? new ThreadInfo[0] : THREADS.getThreadInfo(ids, Integer.MAX_VALUE)) {
            if (info != null && isClients(info.getStackTrace())) {
                String thread = "thread \"" + info.getThreadName() + "\""
                        + WatchedThread.where(info.getStackTrace())
                                .map(place -> " at " + place)
                                .orElse("");
                found.add(thread);
                seen.putIfAbsent(info.getThreadId(), thread);
            }
        }
        return found;
    }

    private static boolean isClients(StackTraceElement[] stack) {
        return stack.length > 0
                && Arrays.stream(stack)
                        .map(StackTraceElement::getClassName)
                        .noneMatch(name -> NOT_THE_CLIENTS.stream().anyMatch(name::startsWith));
    }
}
