package io.wstck.lua.errors;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.ReadOnlyTable;
import io.wstck.lua.sandbox.Concatenation;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Makes the error values that scripts get, and reads their fields, for code in Java. Error values are immutable. All
 * sessions share their metatable, which scripts cannot reach.
 */
public final class LuaErrors {
    private static final LuaValue METATABLE = metatable();

    private LuaErrors() {}

    private record ErrorValue(ErrorKind kind, String message, boolean retryable, LuaValue details) {
        @Override
        public String toString() {
            return kind.word() + ": " + message;
        }
    }

    /**
     * {@return an error value}
     *
     * @param kind the kind
     * @param message the sentence for people
     * @param retryable whether trying again may succeed
     */
    public static LuaValue error(ErrorKind kind, String message, boolean retryable) {
        return error(kind, message, retryable, LuaValue.NIL);
    }

    static LuaValue error(ErrorKind kind, String message, boolean retryable, LuaValue details) {
        return new LuaUserdata(new ErrorValue(kind, message, retryable, details), METATABLE);
    }

    /**
     * {@return the results of a function that failed: nil and an error}
     *
     * @param kind the kind
     * @param message the sentence for people
     * @param retryable whether trying again may succeed
     */
    public static Varargs failure(ErrorKind kind, String message, boolean retryable) {
        return LuaValue.varargsOf(LuaValue.NIL, error(kind, message, retryable));
    }

    /**
     * {@return whether a value was made by this class}
     *
     * @param value any Lua value
     */
    public static boolean isError(LuaValue value) {
        return value instanceof LuaUserdata userdata && userdata.m_instance instanceof ErrorValue;
    }

    /**
     * {@return the kind of an error value}
     *
     * @param error an error value
     * @throws IllegalArgumentException when the value is no error
     */
    public static ErrorKind kind(LuaValue error) {
        return content(error).kind;
    }

    /**
     * See {@link #kind}.
     *
     * @param error an error value
     * @return the message of the error value
     */
    public static String message(LuaValue error) {
        return content(error).message;
    }

    /**
     * See {@link #kind}.
     *
     * @param error an error value
     * @return whether trying again may succeed
     */
    public static boolean retryable(LuaValue error) {
        return content(error).retryable;
    }

    private static ErrorValue content(LuaValue value) {
        if (value instanceof LuaUserdata userdata && userdata.m_instance instanceof ErrorValue content) {
            return content;
        }
        throw new IllegalArgumentException("an error value expected, got " + value.typename());
    }

    private static LuaValue metatable() {
        LuaTable methods = new LuaTable();
        put(
                methods,
                "kind",
                arguments -> LuaStrings.of(self(arguments, "kind").kind.word()));
        put(methods, "message", arguments -> LuaStrings.of(self(arguments, "message").message));
        put(methods, "retryable", arguments -> LuaValue.valueOf(self(arguments, "retryable").retryable));
        put(methods, "details", arguments -> self(arguments, "details").details);
        LuaTable metatable = LuaFunctions.metatable(
                new ReadOnlyTable("error", methods),
                arguments -> content(arguments.arg1()).toString());
        // Scripts that expect errors to be strings concatenate them.
        put(metatable, "__concat", arguments -> Concatenation.joined(arguments.arg1(), arguments.arg(2)));
        return new ReadOnlyTable("metatable of errors", metatable);
    }

    private static ErrorValue self(Varargs arguments, String method) {
        if (!isError(arguments.arg1())) {
            throw LuaArguments.typeError(arguments, 1, method, "error");
        }
        return content(arguments.arg1());
    }
}
