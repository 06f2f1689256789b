package io.wstck.lua.sandbox;

import io.wstck.lua.LuaFailure;
import io.wstck.lua.LuaStrings;

/** Thrown to end a script at once. It is an Error, because {@code pcall} and LuaJ's closures catch every Exception. */
final class ScriptTerminatedError extends Error {
    private static final long serialVersionUID = 1L;

    private final LuaFailure.Kind kind;
    private final String position;
    private final String traceback;

    /** @param position the Lua line at which the script ended; may be empty */
    ScriptTerminatedError(LuaFailure.Kind kind, String message, String position) {
        this(kind, message, position, "");
    }

    /** @param traceback the Lua stack there, one line per call; may be empty */
    ScriptTerminatedError(LuaFailure.Kind kind, String message, String position, String traceback) {
        super(message, null, false, false);
        this.kind = kind;
        this.position = position;
        this.traceback = traceback;
    }

    /** The exception that tells the host program how the script ended. */
    LuaFailure failure() {
        return new LuaFailure(kind, getMessage(), position, traceback, LuaStrings.of(getMessage()), this);
    }
}
