package io.wstck.lua;

import java.util.function.Function;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** Makes Lua functions, and metatables of userdata, from Java code. */
public final class LuaFunctions {
    private LuaFunctions() {}

    /**
     * Makes a function whose text form shows the name.
     *
     * @param name the name that the text form shows
     * @param body the code of the function
     * @return the function
     */
    public static LuaFunction of(String name, Function<Varargs, Varargs> body) {
        return new JavaFunction(name, body);
    }

    /**
     * Puts the function into the table under its name.
     *
     * @param table the table to change
     * @param name the name that the text form shows
     * @param body the code of the function
     */
    public static void put(LuaTable table, String name, Function<Varargs, Varargs> body) {
        table.rawset(LuaStrings.of(name), of(name, body));
    }

    /**
     * {@return a metatable for userdata with methods} Scripts can neither read nor replace it.
     *
     * @param methods the methods, by name
     * @param text the result of {@code tostring} for the userdata in the first argument
     */
    public static LuaTable metatable(LuaTable methods, Function<Varargs, String> text) {
        LuaTable table = new LuaTable();
        table.rawset(LuaValue.INDEX, methods);
        table.rawset(LuaStrings.of("__metatable"), LuaValue.FALSE);
        put(table, "__tostring", arguments -> LuaStrings.of(text.apply(arguments)));
        return table;
    }

    private static final class JavaFunction extends VarArgFunction {
        private final Function<Varargs, Varargs> body;

        JavaFunction(String name, Function<Varargs, Varargs> body) {
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
