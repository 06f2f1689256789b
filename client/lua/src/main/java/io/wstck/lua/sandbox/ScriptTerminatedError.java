package io.wstck.lua.sandbox;

/** Thrown to end a script at once. It is an Error, because {@code pcall} and LuaJ's closures catch every Exception. */
public final class ScriptTerminatedError extends Error {
    private static final long serialVersionUID = 1L;

    /** The reasons to end a script early. */
    public enum Kind {
        STOPPED,
        STACK_OVERFLOW,
        MEMORY
    }

    private final Kind kind;
    private final String position;
    private final String traceback;

    ScriptTerminatedError(Kind kind, String message, String position) {
        this(kind, message, position, "");
    }

    ScriptTerminatedError(Kind kind, String message, String position, String traceback) {
        super(message, null, false, false);
        this.kind = kind;
        this.position = position;
        this.traceback = traceback;
    }

    public Kind kind() {
        return kind;
    }

    /** Returns the Lua line at which the script ended; may be empty. */
    public String position() {
        return position;
    }

    /** Returns the Lua stack there, one line per call; may be empty. */
    public String traceback() {
        return traceback;
    }
}
