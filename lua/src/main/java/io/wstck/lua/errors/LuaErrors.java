package io.wstck.lua.errors;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.ReadOnlyTable;
import io.wstck.lua.sandbox.Text;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Error values, for Java. They are immutable; their metatable is shared by all sessions, and out of scripts' reach. */
public final class LuaErrors {
    private static final LuaValue METATABLE = metatable();

    private LuaErrors() {}

    private record Content(ErrorKind kind, String message, boolean retryable, LuaValue details) {
        @Override
        public String toString() {
            return kind + ": " + message;
        }
    }

    /**
     * An error value.
     *
     * @param retryable whether trying again may succeed
     */
    public static LuaValue error(ErrorKind kind, String message, boolean retryable) {
        return error(kind, message, retryable, LuaValue.NIL);
    }

    static LuaValue error(ErrorKind kind, String message, boolean retryable, LuaValue details) {
        return new LuaUserdata(new Content(kind, message, retryable, details), METATABLE);
    }

    /** The results of a function that failed: nil and an error. */
    public static Varargs failure(ErrorKind kind, String message, boolean retryable) {
        return LuaValue.varargsOf(LuaValue.NIL, error(kind, message, retryable));
    }

    /** Whether a value was made by this class. */
    public static boolean isError(LuaValue value) {
        return value instanceof LuaUserdata userdata && userdata.m_instance instanceof Content;
    }

    /**
     * The kind of an error value.
     *
     * @throws IllegalArgumentException when the value is no error
     */
    public static ErrorKind kind(LuaValue error) {
        return content(error).kind;
    }

    /** See {@link #kind}. */
    public static String message(LuaValue error) {
        return content(error).message;
    }

    /** See {@link #kind}. */
    public static boolean retryable(LuaValue error) {
        return content(error).retryable;
    }

    private static Content content(LuaValue value) {
        if (value instanceof LuaUserdata userdata && userdata.m_instance instanceof Content content) {
            return content;
        }
        throw new IllegalArgumentException("an error value expected, got " + value.typename());
    }

    private static LuaValue metatable() {
        LuaTable methods = new LuaTable();
        put(
                methods,
                "kind",
                arguments -> LuaStrings.of(self(arguments, "kind").kind.name()));
        put(methods, "message", arguments -> LuaStrings.of(self(arguments, "message").message));
        put(methods, "retryable", arguments -> LuaValue.valueOf(self(arguments, "retryable").retryable));
        put(methods, "details", arguments -> self(arguments, "details").details);
        LuaTable metatable = new LuaTable();
        metatable.rawset(LuaValue.INDEX, new ReadOnlyTable("error", methods));
        metatable.rawset(LuaStrings.of("__metatable"), LuaValue.FALSE);
        put(
                metatable,
                "__tostring",
                arguments -> LuaStrings.of(content(arguments.arg1()).toString()));
        // Scripts that were written for errors that are strings concatenate them.
        put(metatable, "__concat", arguments -> Text.joined(arguments.arg1(), arguments.arg(2)));
        return new ReadOnlyTable("metatable of errors", metatable);
    }

    private static Content self(Varargs arguments, String method) {
        if (!isError(arguments.arg1())) {
            throw LuaArguments.expected(arguments, 1, method, "error");
        }
        return content(arguments.arg1());
    }
}
