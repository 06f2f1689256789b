package io.wstck.lua;

import io.wstck.lua.sandbox.Numbers;
import io.wstck.lua.sandbox.Text;
import java.util.Optional;
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

    /** A string that is a name or a message, as Java's: {@link LuaStrings#MAX_TEXT_BYTES} at most. */
    public static String text(Varargs arguments, int index, String function) {
        LuaString string = string(arguments, index, function);
        if (string.m_length > LuaStrings.MAX_TEXT_BYTES) {
            throw bad(
                    index,
                    function,
                    "a string of at most " + LuaStrings.MAX_TEXT_BYTES + " bytes expected, got " + string.m_length);
        }
        return LuaStrings.text(string);
    }

    /** A number, or a string that reads as one. */
    public static double number(Varargs arguments, int index, String function) {
        if (arguments.arg(index) instanceof LuaNumber number) {
            return number.todouble();
        }
        return numberIn(arguments.arg(index))
                .orElseThrow(() -> expected(arguments, index, function, "number"))
                .todouble();
    }

    /** The number that a value is or reads as. Unlike LuaJ's conversion it takes no time for a long string. */
    public static Optional<LuaNumber> numberIn(LuaValue value) {
        LuaValue number = value instanceof LuaString string ? Numbers.parse(string) : value;
        return number instanceof LuaNumber found ? Optional.of(found) : Optional.empty();
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
