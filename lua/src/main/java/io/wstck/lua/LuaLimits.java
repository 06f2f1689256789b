package io.wstck.lua;

/**
 * What one session may use. All values are positive. See the package description for the limits that cannot be set.
 *
 * @param stringBytes the longest string that concatenation and the libraries may build, in bytes
 * @param allocatedBytes what a session may allocate in its whole life, in bytes. Measured on platform threads only. The
 *     session looks at it before it allocates a large array, inside long calls, and every few thousand instructions, so
 *     that small allocations may pass it by some MiB
 * @param callDepth nested Lua calls
 * @param jsonDepth nested arrays and objects in JSON
 * @param coroutines coroutines that have started and not ended
 * @param timers timers of {@code time.after} that have not fired
 */
public record LuaLimits(
        long stringBytes, long allocatedBytes, int callDepth, int jsonDepth, int coroutines, int timers) {
    private static final long MIB = 1024 * 1024;

    public LuaLimits {
        requirePositive("stringBytes", stringBytes);
        requirePositive("allocatedBytes", allocatedBytes);
        requirePositive("callDepth", callDepth);
        requirePositive("jsonDepth", jsonDepth);
        requirePositive("coroutines", coroutines);
        requirePositive("timers", timers);
    }

    /**
     * Room for messages of 128 MiB: strings of 144 MiB, and 2 GiB allocated, but never more than half of the largest heap of
     * this JVM ({@link Runtime#maxMemory}), so that no single session can exhaust it.
     */
    public static LuaLimits defaults() {
        return forHeap(Runtime.getRuntime().maxMemory());
    }

    /** The default limits in a JVM whose heap grows to that many bytes at most. */
    static LuaLimits forHeap(long heapBytes) {
        return new LuaLimits(144 * MIB, Math.clamp(heapBytes / 2, 1, 2048 * MIB), 1_500, 128, 1_000, 10_000);
    }

    public LuaLimits withStringBytes(long bytes) {
        return new LuaLimits(bytes, allocatedBytes, callDepth, jsonDepth, coroutines, timers);
    }

    public LuaLimits withAllocatedBytes(long bytes) {
        return new LuaLimits(stringBytes, bytes, callDepth, jsonDepth, coroutines, timers);
    }

    public LuaLimits withCallDepth(int depth) {
        return new LuaLimits(stringBytes, allocatedBytes, depth, jsonDepth, coroutines, timers);
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("limit " + name + " must be positive, got " + value);
        }
    }
}
