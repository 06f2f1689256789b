package io.wstck.lua.sandbox;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * Bounds the keys of a table: when a table grows, LuaJ moves all of its keys at once, and cannot be stopped meanwhile. A session
 * that has not set many fields has no such table, so the sizes of tables are asked only from then on.
 */
final class TableSizes {
    /** Keys that are not in the table's array part. A table of twice as many slots takes no more. */
    static final int MOST_KEYS = 1 << 21;

    /** Elements of the array part, which moves much faster. */
    static final int MOST_ELEMENTS = 1 << 25;

    private static final int MOST_MOVED = 1 << 20;
    private static final MethodHandle KEYS = length("getHashLength");
    private static final MethodHandle ELEMENTS = length("getArrayLength");

    private int sets;

    /** A field of the value is about to be set. */
    void beforeSet(LuaValue value) {
        if (sets < MOST_KEYS) {
            sets++;
        } else if (value instanceof LuaTable table) {
            check(table);
        }
    }

    /** The table is about to become weak, or a weak one is about to change: LuaJ moves all keys and elements then. */
    static void beforeModeChange(LuaTable table) {
        if (lengthOf(KEYS, table) > MOST_MOVED || lengthOf(ELEMENTS, table) > MOST_MOVED) {
            throw new LuaError("a table of more than " + MOST_MOVED + " keys or elements cannot become weak");
        }
    }

    private static void check(LuaTable table) {
        if (lengthOf(KEYS, table) > MOST_KEYS || lengthOf(ELEMENTS, table) > MOST_ELEMENTS) {
            throw new LuaError(
                    "table overflow: a table has at most " + MOST_KEYS + " keys and " + MOST_ELEMENTS + " elements");
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

    /** LuaJ has the lengths for its subclasses only. */
    private static MethodHandle length(String method) {
        try {
            return MethodHandles.privateLookupIn(LuaTable.class, MethodHandles.lookup())
                    .findVirtual(LuaTable.class, method, MethodType.methodType(int.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
