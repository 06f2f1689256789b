package io.wstck.lua.sandbox;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaFunctions;
import java.util.Set;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Wraps LuaJ's functions of the library {@code math}, so that they get numbers where a script gives numeric strings.
 * LuaJ's own conversion of a long string takes long, and cannot be stopped. The wrapper refuses an argument that is no
 * number, because LuaJ's messages do not name the argument.
 */
final class MathFunctionWrappers {
    private static final Set<String> TAKING_TWO = Set.of("atan2", "fmod", "ldexp", "pow");
    private static final Set<String> TAKING_ANY = Set.of("max", "min");

    private MathFunctionWrappers() {}

    /** Wraps all functions of a table; other values stay. */
    static LuaTable wrap(LuaTable library) {
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

    /** Returns as many numbers as the function takes, and ignores further arguments. */
    private static Varargs numbers(Varargs arguments, String name) {
        int taken = TAKING_TWO.contains(name) ? 2 : 1;
        int count = TAKING_ANY.contains(name) ? Math.max(taken, arguments.narg()) : taken;
        LuaValue[] converted = new LuaValue[count];
        for (int i = 0; i < count; i++) {
            LuaValue value = arguments.arg(i + 1);
            converted[i] =
                    value instanceof LuaNumber ? value : LuaValue.valueOf(LuaArguments.number(arguments, i + 1, name));
        }
        return LuaValue.varargsOf(converted);
    }
}
