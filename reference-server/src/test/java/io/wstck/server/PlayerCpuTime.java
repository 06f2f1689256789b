package io.wstck.server;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the processor time of carrier threads and I/O threads. It excludes the compiler, the garbage collector, the
 * test itself and other programs.
 */
public final class PlayerCpuTime {
    private static final Duration WINDOW = Duration.ofMillis(250);
    private static final double QUIET_SHARE = 0.05;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private PlayerCpuTime() {}

    /**
     * Waits for a quarter of a second in which players use less than 5 % of one processor. It fails if there is none
     * within 30 s, for example because a player never waits. Work that ends does not make it fail, even on a slow
     * machine.
     */
    public static void awaitQuiet(String what) {
        long quiet = (long) (WINDOW.toNanos() * QUIET_SHARE);
        long start = System.nanoTime();
        long used;
        do {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError("players never come to rest: " + what);
            }
            used = usedDuring(WINDOW);
        } while (used >= quiet);
    }

    private static long usedDuring(Duration time) {
        Map<Long, Long> before = times();
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
        Map<Long, Long> after = times();
        return after.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
                .sum();
    }

    private static Map<Long, Long> times() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<Long, Long> times = new HashMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && servesPlayers(thread.getThreadName())) {
                times.put(thread.getThreadId(), threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return times;
    }

    private static boolean servesPlayers(String name) {
        return name.startsWith("ForkJoinPool-") || name.contains("I/O-");
    }
}
