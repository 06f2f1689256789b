package io.wstck.lua.sandbox;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * Raises an error before a script sets a field of a table that has too many keys. When a table grows, LuaJ moves all of
 * its keys at once, and cannot be stopped meanwhile. Tables are checked only after the session has set many fields,
 * because before that no table can be too large.
 */
final class TableSizeLimit {
    /** The largest number of keys outside the table's array part. */
    static final int MAX_KEYS = 1 << 21;

    /** The largest number of elements of the array part, which moves much faster. */
    static final int MAX_ELEMENTS = 1 << 25;

    private static final int MAX_MOVED = 1 << 20;
    private static final MethodHandle KEYS = length("getHashLength");
    private static final MethodHandle ELEMENTS = length("getArrayLength");

    private int fieldsSet;

    /** Checks the size of a table before one of its fields is set. */
    void checkBeforeSet(LuaValue value) {
        if (fieldsSet < MAX_KEYS) {
            fieldsSet++;
        } else if (value instanceof LuaTable table) {
            check(table);
        }
    }

    /** Checks the size of a table before its mode changes to or from weak: LuaJ then moves all keys and elements. */
    static void checkBeforeModeChange(LuaTable table) {
        if (lengthOf(KEYS, table) > MAX_MOVED || lengthOf(ELEMENTS, table) > MAX_MOVED) {
            throw new LuaError("a table of more than " + MAX_MOVED + " keys or elements cannot become weak");
        }
    }

    private static void check(LuaTable table) {
        if (lengthOf(KEYS, table) > MAX_KEYS || lengthOf(ELEMENTS, table) > MAX_ELEMENTS) {
            throw new LuaError(
                    "table overflow: a table has at most " + MAX_KEYS + " keys and " + MAX_ELEMENTS + " elements");
        }
    }

    private static int lengthOf(MethodHandle length, LuaTable table) {
        try {
            return (int) length.invokeExact(table);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the length of a table cannot be read", e);
        }
    }

    /** Returns a handle for a method of LuaJ that only subclasses may call. */
    private static MethodHandle length(String method) {
        try {
            return MethodHandles.privateLookupIn(LuaTable.class, MethodHandles.lookup())
                    .findVirtual(LuaTable.class, method, MethodType.methodType(int.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
