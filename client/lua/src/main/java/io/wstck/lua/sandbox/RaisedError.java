package io.wstck.lua.sandbox;

import io.wstck.lua.LuaStrings;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * The LuaJ error for {@code error} and {@code assert}, which carries the value that a script raises. LuaJ's own error
 * would convert the value to text at once, which may be slow.
 */
final class RaisedError extends LuaError {
    private static final long serialVersionUID = 1L;

    private final transient LuaValue value;

    RaisedError(LuaValue value) {
        super(value instanceof LuaString text ? LuaStrings.excerpt(text) : value.typename());
        this.value = value;
    }

    RaisedError(LuaValue value, Throwable cause) {
        this(value);
        initCause(cause);
    }

    /** Notes the calls that led to the error, unless that has been done. */
    void locate(LuaCallStack calls) {
        if (traceback == null) {
            traceback = getMessage() + "\n" + ErrorReport.trailer(calls);
        }
    }

    @Override
    public LuaValue getMessageObject() {
        return value;
    }
}
