package io.wstck.lua.sandbox;

import java.util.Arrays;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;

/** Builds a Lua string from bytes, and raises an error as soon as it would be too long. */
final class LuaStringBuilder {
    private static final int BYTES_PER_CHECK = 64 * 1024;

    /** A string of this length or longer keeps the builder's array, which is at most twice as long. */
    private static final int LONG = 64 * 1024;

    private final ScriptExecution execution;
    private final String function;
    private byte[] bytes = new byte[64];
    private int length;
    private int nextCheck = BYTES_PER_CHECK;

    LuaStringBuilder(ScriptExecution execution, String function) {
        this.execution = execution;
        this.function = function;
    }

    /** Allocates room for that many more bytes. */
    void ensureRoom(long more) {
        execution.checkLength(function, length + more);
        bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, length + more));
    }

    void add(byte value) {
        reserve(1);
        bytes[length++] = value;
    }

    void add(byte[] values) {
        reserve(values.length);
        System.arraycopy(values, 0, bytes, length, values.length);
        length += values.length;
    }

    void add(LuaString string) {
        add(string, 0, string.m_length);
    }

    void add(LuaString string, int start, int end) {
        reserve(end - start);
        string.copyInto(start, bytes, length, end - start);
        length += end - start;
    }

    LuaString string() {
        // While it grows it is looked at only now and then.
        if (length > execution.limits().stringBytes()) {
            throw new LuaError(execution.tooLong(function, length));
        }
        // LuaJ keeps short strings in a cache of the whole process: the array must not be touched again.
        return length < LONG
                ? LuaString.valueUsing(Arrays.copyOf(bytes, length))
                : LuaString.valueUsing(bytes, 0, length);
    }

    private void reserve(int more) {
        long needed = (long) length + more;
        if (needed >= nextCheck) {
            execution.checkLength(function, needed);
            execution.checkLimits();
            nextCheck = (int) Math.min(Integer.MAX_VALUE, needed + BYTES_PER_CHECK);
        }
        if (needed > bytes.length) {
            execution.checkLength(function, needed);
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, bytes.length * 2L)));
        }
    }
}
