package io.wstck.client.lua;

import io.wstck.client.WebSocketException;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.errors.ErrorKind;
import io.wstck.lua.errors.LuaErrors;
import java.util.function.Supplier;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The client's exceptions as error values for scripts. */
final class Failures {
    private Failures() {}

    /** Carries the client's exception through code that may not throw it. */
    private static final class Carrier extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final WebSocketException exception;

        Carrier(WebSocketException exception) {
            super(exception);
            this.exception = exception;
        }
    }

    /** An operation of the client. */
    @FunctionalInterface
    interface Operation<T> {
        T run() throws WebSocketException;
    }

    static <T> T wrapping(Operation<T> operation) {
        try {
            return operation.run();
        } catch (WebSocketException e) {
            throw new Carrier(e);
        }
    }

    static <T> T unwrapping(Supplier<T> body) throws WebSocketException {
        try {
            return body.get();
        } catch (Carrier e) {
            throw e.exception;
        }
    }

    static LuaValue of(WebSocketException e) {
        ErrorKind kind = switch (e.kind()) {
            case INVALID -> ErrorKind.INVALID;
            case PERMISSION_DENIED -> ErrorKind.PERMISSION_DENIED;
            case INTERNAL -> ErrorKind.INTERNAL;
        };
        return LuaErrors.error(kind, e.getMessage(), e.retryable());
    }

    /** Nil and an error: an argument is not valid. */
    static Varargs invalid(String message) {
        return LuaErrors.failure(ErrorKind.INVALID, message, false);
    }

    /** A value for a message: numbers and strings themselves, of a long string the beginning, of others the type. */
    static String describe(LuaValue value) {
        return switch (value.type()) {
            case LuaValue.TNIL -> "nil";
            case LuaValue.TNUMBER -> LuaStrings.show(value);
            case LuaValue.TSTRING -> '"' + LuaStrings.excerpt((LuaString) value) + '"';
            default -> "a " + value.typename();
        };
    }
}
