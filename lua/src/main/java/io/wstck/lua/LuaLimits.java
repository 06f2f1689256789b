package io.wstck.lua;

/**
 * What one session may use. All values are positive.
 *
 * @param stringBytes the longest string that concatenation and the string library may build, in bytes
 * @param allocatedBytes what a session may allocate in its whole life, in bytes; measured on platform threads only, and
 *     looked at from time to time, so that it may be passed by what a few hundred instructions allocate
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

    /** Room for messages of 128 MiB, and for any script that is not a runaway. */
    public static LuaLimits defaults() {
        return new LuaLimits(256 * MIB, 2048 * MIB, 1_500, 128, 1_000, 10_000);
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
