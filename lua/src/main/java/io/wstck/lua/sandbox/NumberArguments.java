package io.wstck.lua.sandbox;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaFunctions;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * LuaJ's own functions, called with numbers where a script gives strings that read as numbers: LuaJ's conversion takes as long
 * as the string is, and cannot be stopped.
 */
final class NumberArguments {
    private NumberArguments() {}

    /** Wraps all functions of a table; other values stay. */
    static LuaTable wrapped(LuaTable library) {
        LuaTable wrapped = new LuaTable();
        Varargs entry = library.next(LuaValue.NIL);
        while (!entry.isnil(1)) {
            String name = entry.arg1().tojstring();
            wrapped.rawset(entry.arg1(), entry.arg(2) instanceof LuaFunction stock ? of(name, stock) : entry.arg(2));
            entry = library.next(entry.arg1());
        }
        return wrapped;
    }

    private static LuaFunction of(String name, LuaFunction stock) {
        return LuaFunctions.of(name, arguments -> stock.invoke(numbers(arguments, name)));
    }

    private static Varargs numbers(Varargs arguments, String name) {
        int count = arguments.narg();
        LuaValue[] converted = new LuaValue[count];
        for (int i = 0; i < count; i++) {
            LuaValue value = arguments.arg(i + 1);
            converted[i] =
                    value instanceof LuaString ? LuaValue.valueOf(LuaArguments.number(arguments, i + 1, name)) : value;
        }
        return LuaValue.varargsOf(converted);
    }
}
