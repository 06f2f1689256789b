package io.wstck.lua.time;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaFunctions;
import io.wstck.lua.ReadOnlyTable;
import java.time.Instant;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A point in time, the result of {@code time.now()}. As in Go it holds a reading of the monotonic clock, which
 * comparison and subtraction use. Differences are milliseconds.
 */
record TimeValue(Instant wall, long monotonicNanos) {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final LuaValue METATABLE = metatable();

    static TimeValue now() {
        return new TimeValue(Instant.now(), System.nanoTime());
    }

    LuaValue toLua() {
        return new LuaUserdata(this, METATABLE);
    }

    double millisSince(TimeValue earlier) {
        return (monotonicNanos - earlier.monotonicNanos) / NANOS_PER_MILLI;
    }

    static TimeValue argument(Varargs arguments, int index, String function) {
        if (arguments.arg(index) instanceof LuaUserdata userdata && userdata.m_instance instanceof TimeValue time) {
            return time;
        }
        throw LuaArguments.typeError(arguments, index, function, "time");
    }

    private static LuaValue metatable() {
        LuaTable methods = new LuaTable();
        put(methods, "unix", a -> LuaValue.valueOf((double) self(a, "unix").wall.getEpochSecond()));
        put(
                methods,
                "unix_milli",
                a -> LuaValue.valueOf((double) self(a, "unix_milli").wall.toEpochMilli()));
        put(methods, "sub", a -> difference(a, "sub"));
        LuaTable metatable = LuaFunctions.metatable(
                new ReadOnlyTable("time", methods),
                a -> self(a, "tostring").wall.toString());
        put(metatable, "__sub", a -> difference(a, "-"));
        put(metatable, "__lt", a -> LuaValue.valueOf(millis(a, "<") < 0));
        put(metatable, "__le", a -> LuaValue.valueOf(millis(a, "<=") <= 0));
        return new ReadOnlyTable("metatable of times", metatable);
    }

    private static TimeValue self(Varargs arguments, String function) {
        return argument(arguments, 1, function);
    }

    private static LuaValue difference(Varargs arguments, String function) {
        return LuaValue.valueOf(millis(arguments, function));
    }

    private static double millis(Varargs arguments, String function) {
        return self(arguments, function).millisSince(argument(arguments, 2, function));
    }
}
