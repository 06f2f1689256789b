package io.wstck.lua;

import io.wstck.lua.sandbox.Text;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Reads the arguments of a function written in Java, and raises Lua's usual errors for those that do not fit:
 * {@code bad argument #2 to 'rep' (number expected, got nil)}.
 */
public final class LuaArguments {
    private LuaArguments() {}

    /** The error for an argument that does not fit; to be thrown. */
    public static LuaError bad(int index, String function, String complaint) {
        return new LuaError("bad argument #" + index + " to '" + function + "' (" + complaint + ")");
    }

    /** A string, or the text of a number. */
    public static LuaString string(Varargs arguments, int index, String function) {
        LuaValue value = arguments.arg(index);
        return switch (value.type()) {
            case LuaValue.TSTRING -> (LuaString) value;
            case LuaValue.TNUMBER -> Text.of(value);
            default -> throw expected(arguments, index, function, "string");
        };
    }

    /** A number, or a string that reads as one. */
    public static double number(Varargs arguments, int index, String function) {
        LuaValue value = arguments.arg(index).tonumber();
        if (value instanceof LuaNumber number) {
            return number.todouble();
        }
        throw expected(arguments, index, function, "number");
    }

    /** A number cut to an integer, saturated at the range of int. */
    public static int integer(Varargs arguments, int index, String function) {
        return (int) number(arguments, index, function);
    }

    /** As {@link #integer(Varargs, int, String)}, with a value for an argument that is nil or absent. */
    public static int integer(Varargs arguments, int index, String function, int absent) {
        return arguments.isnoneornil(index) ? absent : integer(arguments, index, function);
    }

    public static LuaTable table(Varargs arguments, int index, String function) {
        if (arguments.arg(index) instanceof LuaTable table) {
            return table;
        }
        throw expected(arguments, index, function, "table");
    }

    /** Any value, nil too, as long as there is one. */
    public static LuaValue any(Varargs arguments, int index, String function) {
        if (arguments.narg() < index) {
            throw bad(index, function, "value expected");
        }
        return arguments.arg(index);
    }

    public static LuaError expected(Varargs arguments, int index, String function, String what) {
        String got =
                index > arguments.narg() ? "no value" : arguments.arg(index).typename();
        return bad(index, function, what + " expected, got " + got);
    }
}
