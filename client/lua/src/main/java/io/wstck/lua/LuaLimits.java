package io.wstck.lua;

/**
 * How much one Lua session may use: the length of strings, allocated bytes, the depth of calls and of JSON, coroutines
 * and timers. All values are positive. See the package description for the limits that cannot be set.
 *
 * @param stringBytes the longest string that concatenation and the libraries may build, in bytes
 * @param allocatedBytes the bytes that a session may allocate in its whole life. Measured on platform threads only. The
 * session checks it before it allocates a large array, inside long calls, and every few thousand instructions. So small
 * allocations may exceed it by some MiB
 * @param callDepth nested Lua calls
 * @param jsonDepth nested arrays and objects in JSON
 * @param coroutines coroutines that have started and not ended
 * @param timers timers of {@code time.after} that have not fired
 */
public record LuaLimits(
        long stringBytes, long allocatedBytes, int callDepth, int jsonDepth, int coroutines, int timers) {
    private static final long MIB = 1024 * 1024;

    /** Checks that all limits are positive. */
    public LuaLimits {
        requirePositive("stringBytes", stringBytes);
        requirePositive("allocatedBytes", allocatedBytes);
        requirePositive("callDepth", callDepth);
        requirePositive("jsonDepth", jsonDepth);
        requirePositive("coroutines", coroutines);
        requirePositive("timers", timers);
    }

    /**
     * {@return limits for messages of 128 MiB: strings of 144 MiB, and 2 GiB allocated} The memory limit is at most
     * half of the largest heap ({@link Runtime#maxMemory}), so that one session cannot exhaust it.
     */
    public static LuaLimits defaults() {
        return forHeap(Runtime.getRuntime().maxMemory());
    }

    /** Returns the default limits for a JVM with that largest heap. */
    static LuaLimits forHeap(long heapBytes) {
        return new LuaLimits(144 * MIB, Math.clamp(heapBytes / 2, 1, 2048 * MIB), 1_500, 128, 1_000, 10_000);
    }

    /**
     * {@return these limits with another limit of the memory}
     *
     * @param bytes the bytes that a session may allocate
     */
    public LuaLimits withAllocatedBytes(long bytes) {
        return new LuaLimits(stringBytes, bytes, callDepth, jsonDepth, coroutines, timers);
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("limit " + name + " must be positive, got " + value);
        }
    }
}
