package io.wstck.lua;

import java.util.function.Function;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** Lua functions written in Java. */
public final class LuaFunctions {
    private LuaFunctions() {}

    /** A function that shows the name in its text form. */
    public static LuaFunction of(String name, Function<Varargs, Varargs> body) {
        return new Native(name, body);
    }

    /** Puts the function into the table under its name. */
    public static void put(LuaTable table, String name, Function<Varargs, Varargs> body) {
        table.rawset(LuaStrings.of(name), of(name, body));
    }

    private static final class Native extends VarArgFunction {
        private final Function<Varargs, Varargs> body;

        Native(String name, Function<Varargs, Varargs> body) {
            this.name = name;
            this.body = body;
        }

        @Override
        public Varargs invoke(Varargs arguments) {
            return body.apply(arguments);
        }

        @Override
        public String tojstring() {
            return "function: builtin: " + name;
        }
    }
}
