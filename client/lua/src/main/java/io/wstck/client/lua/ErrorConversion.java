package io.wstck.client.lua;

import io.wstck.client.WebSocketException;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.errors.ErrorKind;
import io.wstck.lua.errors.LuaErrors;
import java.util.function.Supplier;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Converts an exception of the client to the error value that a script gets. It also carries such an exception through
 * code that may not throw it.
 */
final class ErrorConversion {
    private ErrorConversion() {}

    /** Carries an exception of the client through code that must not throw checked exceptions. */
    private static final class UncheckedClientException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final WebSocketException exception;

        UncheckedClientException(WebSocketException exception) {
            super(exception);
            this.exception = exception;
        }
    }

    /** An operation of the client. */
    @FunctionalInterface
    interface Operation<T> {
        T run() throws WebSocketException;
    }

    static <T> T wrapExceptions(Operation<T> operation) {
        try {
            return operation.run();
        } catch (WebSocketException e) {
            throw new UncheckedClientException(e);
        }
    }

    static <T> T unwrapExceptions(Supplier<T> body) throws WebSocketException {
        try {
            return body.get();
        } catch (UncheckedClientException e) {
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

    /** Returns nil and an error of kind INVALID. */
    static Varargs invalid(String message) {
        return LuaErrors.failure(ErrorKind.INVALID, message, false);
    }

    /**
     * Returns the text of a value for an error message: a number, a string or its beginning, or the type of another
     * value.
     */
    static String describe(LuaValue value) {
        return switch (value.type()) {
            case LuaValue.TNIL -> "nil";
            case LuaValue.TNUMBER -> LuaStrings.show(value);
            case LuaValue.TSTRING -> '"' + LuaStrings.excerpt((LuaString) value) + '"';
            default -> "a " + value.typename();
        };
    }
}
