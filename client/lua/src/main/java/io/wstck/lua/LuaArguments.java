package io.wstck.lua;

import java.util.Optional;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Reads the arguments of a function written in Java. It raises Lua's usual error for a wrong argument:
 * {@code bad argument #2 to 'rep' (number expected, got nil)}.
 */
public final class LuaArguments {
    private LuaArguments() {}

    /**
     * {@return the error for a wrong argument, for the caller to throw}
     *
     * @param index the number of the argument, from 1
     * @param function the name of the function, for errors
     * @param message the reason
     */
    public static LuaError badArgument(int index, String function, String message) {
        return new LuaError("bad argument #" + index + " to '" + function + "' (" + message + ")");
    }

    /**
     * {@return a string, or the text of a number}
     *
     * @param arguments the arguments of the function
     * @param index the number of the argument, from 1
     * @param function the name of the function, for errors
     */
    public static LuaString string(Varargs arguments, int index, String function) {
        LuaValue value = arguments.arg(index);
        return switch (value.type()) {
            case LuaValue.TSTRING -> (LuaString) value;
            case LuaValue.TNUMBER -> LuaToString.of(value);
            default -> throw typeError(arguments, index, function, "string");
        };
    }

    /**
     * {@return a name or a message as a Java string; at most {@link LuaStrings#MAX_TEXT_BYTES}}
     *
     * @param arguments the arguments of the function
     * @param index the number of the argument, from 1
     * @param function the name of the function, for errors
     */
    public static String text(Varargs arguments, int index, String function) {
        LuaString string = string(arguments, index, function);
        if (string.m_length > LuaStrings.MAX_TEXT_BYTES) {
            throw badArgument(
                    index,
                    function,
                    "a string of at most " + LuaStrings.MAX_TEXT_BYTES + " bytes expected, got " + string.m_length);
        }
        return LuaStrings.text(string);
    }

    /**
     * {@return a number, or the number in a string}
     *
     * @param arguments the arguments of the function
     * @param index the number of the argument, from 1
     * @param function the name of the function, for errors
     */
    public static double number(Varargs arguments, int index, String function) {
        if (arguments.arg(index) instanceof LuaNumber number) {
            return number.todouble();
        }
        return numberIn(arguments.arg(index))
                .orElseThrow(() -> typeError(arguments, index, function, "number"))
                .todouble();
    }

    /**
     * {@return the number that a value is or contains as text} Unlike LuaJ's conversion, it is fast for a long string.
     *
     * @param value any Lua value
     */
    public static Optional<LuaNumber> numberIn(LuaValue value) {
        LuaValue number = value instanceof LuaString string ? LuaNumbers.parse(string) : value;
        return number instanceof LuaNumber found ? Optional.of(found) : Optional.empty();
    }

    /**
     * {@return a number truncated to an integer and limited to the range of int}
     *
     * @param arguments the arguments of the function
     * @param index the number of the argument, from 1
     * @param function the name of the function, for errors
     */
    public static int integer(Varargs arguments, int index, String function) {
        return (int) number(arguments, index, function);
    }

    /**
     * {@return an integer as {@link #integer(Varargs, int, String)} does, or a default if the argument is nil or
     * absent}
     *
     * @param arguments the arguments of the function
     * @param index the number of the argument, from 1
     * @param function the name of the function, for errors
     * @param absent the value if the argument is absent or nil
     */
    public static int integer(Varargs arguments, int index, String function, int absent) {
        return arguments.isnoneornil(index) ? absent : integer(arguments, index, function);
    }

    /**
     * {@return the argument, which must be a table}
     *
     * @param arguments the arguments of the function
     * @param index the number of the argument, from 1
     * @param function the name of the function, for errors
     */
    public static LuaTable table(Varargs arguments, int index, String function) {
        if (arguments.arg(index) instanceof LuaTable table) {
            return table;
        }
        throw typeError(arguments, index, function, "table");
    }

    /**
     * {@return any value, also nil, but raises an error if there is no argument}
     *
     * @param arguments the arguments of the function
     * @param index the number of the argument, from 1
     * @param function the name of the function, for errors
     */
    public static LuaValue any(Varargs arguments, int index, String function) {
        if (arguments.narg() < index) {
            throw badArgument(index, function, "value expected");
        }
        return arguments.arg(index);
    }

    /**
     * {@return the error for an argument of the wrong type}
     *
     * @param arguments the arguments of the function
     * @param index the number of the argument, from 1
     * @param function the name of the function
     * @param expected the expected type
     */
    public static LuaError typeError(Varargs arguments, int index, String function, String expected) {
        String got =
                index > arguments.narg() ? "no value" : arguments.arg(index).typename();
        return badArgument(index, function, expected + " expected, got " + got);
    }
}
