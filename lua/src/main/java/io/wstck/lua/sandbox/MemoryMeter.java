package io.wstck.lua.sandbox;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Adds up what the threads of one session allocate while they run it. The JVM counts this for platform threads only. */
final class MemoryMeter {
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private final long limit;
    private long spent;
    private long mark;

    MemoryMeter(long limit) {
        this.limit = limit;
    }

    /** The calling thread begins to run the session. */
    void start() {
        mark = THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Adds what the calling thread has allocated since the last call; true when the session is over its limit. */
    boolean exceeded() {
        return exceededWith(0);
    }

    /** As {@link #exceeded}, when the calling thread is about to allocate that many bytes. */
    boolean exceededWith(long bytes) {
        long now = THREADS.getCurrentThreadAllocatedBytes();
        spent += Math.max(0, now - mark);
        mark = now;
        return spent + bytes > limit;
    }
}
