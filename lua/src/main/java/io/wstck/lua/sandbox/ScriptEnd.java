package io.wstck.lua.sandbox;

/** Ends a script at once. An Error, because {@code pcall} and LuaJ's closures catch every Exception. */
public final class ScriptEnd extends Error {
    private static final long serialVersionUID = 1L;

    /** Why a script ends without having finished. */
    public enum Kind {
        STOPPED,
        STACK_OVERFLOW,
        MEMORY
    }

    private final Kind kind;
    private final String position;
    private final String traceback;

    ScriptEnd(Kind kind, String message, String position) {
        this(kind, message, position, "");
    }

    ScriptEnd(Kind kind, String message, String position, String traceback) {
        super(message, null, false, false);
        this.kind = kind;
        this.position = position;
        this.traceback = traceback;
    }

    public Kind kind() {
        return kind;
    }

    /** The Lua line at which the script ended; may be empty. */
    public String position() {
        return position;
    }

    /** Lua's stack there, a line a call; may be empty. */
    public String traceback() {
        return traceback;
    }
}
