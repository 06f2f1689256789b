package io.wstck.lua;

import io.wstck.lua.sandbox.ErrorReport;
import io.wstck.lua.sandbox.ScriptEnd;
import io.wstck.lua.sandbox.Text;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;

/** How a script ended that did not end well. */
public final class LuaFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Kind {
        /** The script raised an error. */
        ERROR,
        /** The host stopped it. */
        STOPPED,
        /** It called itself too deeply. */
        STACK_OVERFLOW,
        /** It used more memory than it may. */
        MEMORY
    }

    private final Kind kind;
    private final String message;
    private final String position;
    private final String traceback;
    private final transient LuaValue value;

    private LuaFailure(Kind kind, String message, String position, String traceback, LuaValue value, Throwable cause) {
        super(position.isEmpty() ? message : position + ": " + message, cause);
        this.kind = kind;
        this.message = message;
        this.position = position;
        this.traceback = traceback;
        this.value = value;
    }

    static LuaFailure of(LuaError error) {
        ErrorReport report = ErrorReport.of(error);
        String text = Text.java(report.value());
        // A string error carries its position as a prefix, possibly of another place than the one that raised it last.
        ErrorReport.Positioned positioned = ErrorReport.Positioned.of(text, report.position());
        return new LuaFailure(
                Kind.ERROR,
                positioned.message(),
                positioned.position(),
                report.traceback(),
                report.value(),
                error.getCause() == null ? error : error.getCause());
    }

    static LuaFailure of(ScriptEnd end) {
        Kind kind = switch (end.kind()) {
            case STOPPED -> Kind.STOPPED;
            case STACK_OVERFLOW -> Kind.STACK_OVERFLOW;
            case MEMORY -> Kind.MEMORY;
        };
        return new LuaFailure(
                kind, end.getMessage(), end.position(), end.traceback(), LuaStrings.of(end.getMessage()), end);
    }

    public Kind kind() {
        return kind;
    }

    /** The message without the position. */
    public String message() {
        return message;
    }

    /** The Lua line, such as {@code close.lua:12}; empty when there is none. */
    public String position() {
        return position;
    }

    /** Lua's stack where the error was raised, a line a call; empty when there is none. */
    public String traceback() {
        return traceback;
    }

    /** The Lua error value: what {@code pcall} would have returned. */
    public LuaValue value() {
        return value;
    }
}
