package io.wstck.lua;

import org.luaj.vm2.LuaValue;

/** Reports to the host program that a script raised an error, was stopped, or exceeded a limit. */
public final class LuaFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The reasons why a script did not end well. */
    public enum Kind {
        /** The script raised an error. */
        ERROR,
        /** The host stopped it. */
        STOPPED,
        /** Its calls were nested too deeply. */
        STACK_OVERFLOW,
        /** It used more memory than its limit. */
        MEMORY
    }

    /** The value of {@link #kind()}. */
    private final Kind kind;
    /** The value of {@link #message()}. */
    private final String message;
    /** The value of {@link #position()}. */
    private final String position;
    /** The value of {@link #traceback()}. */
    private final String traceback;

    private final transient LuaValue value;

    /**
     * Made by the session that ran the script.
     *
     * @param kind the kind
     * @param message without the position
     * @param position the Lua line, or empty
     * @param traceback the Lua stack, one line per call, or empty
     * @param value the Lua error value
     * @param cause the cause
     */
    public LuaFailure(Kind kind, String message, String position, String traceback, LuaValue value, Throwable cause) {
        super(position.isEmpty() ? message : position + ": " + message, cause);
        this.kind = kind;
        this.message = message;
        this.position = position;
        this.traceback = traceback;
        this.value = value;
    }

    /** {@return why the script has ended} */
    public Kind kind() {
        return kind;
    }

    /** {@return the message without the position} */
    public String message() {
        return message;
    }

    /** {@return the Lua line, such as {@code close.lua:12}; empty when there is none} */
    public String position() {
        return position;
    }

    /** {@return the Lua stack where the error was raised, one line per call; empty when there is none} */
    public String traceback() {
        return traceback;
    }

    /** {@return the Lua error value, as {@code pcall} would have returned it} */
    public LuaValue value() {
        return value;
    }
}
