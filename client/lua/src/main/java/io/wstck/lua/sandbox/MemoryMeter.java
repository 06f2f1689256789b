package io.wstck.lua.sandbox;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Adds up the bytes that the threads of one session allocate while they run it. The JVM counts them for platform
 * threads only.
 */
final class MemoryMeter {
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private final long limit;
    private long used;
    private long allocatedBefore;

    MemoryMeter(long limit) {
        this.limit = limit;
    }

    /** Starts measuring the calling thread, which begins to run the session. */
    void start() {
        allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    }

    /**
     * Adds the bytes that the calling thread has allocated since the last call. Returns true when the session would be
     * over its limit after an allocation of that many further bytes.
     */
    boolean exceeded(long bytes) {
        long now = THREADS.getCurrentThreadAllocatedBytes();
        used += Math.max(0, now - allocatedBefore);
        allocatedBefore = now;
        return used + bytes > limit;
    }
}
