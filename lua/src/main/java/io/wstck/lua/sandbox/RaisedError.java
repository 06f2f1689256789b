package io.wstck.lua.sandbox;

import io.wstck.lua.LuaStrings;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** An error that a script raises with a value. LuaJ's own error converts the value to text at once, however long that is. */
final class RaisedError extends LuaError {
    private static final long serialVersionUID = 1L;

    private final transient LuaValue value;

    RaisedError(LuaValue value) {
        super(value instanceof LuaString text ? LuaStrings.excerpt(text) : value.typename());
        this.value = value;
    }

    @Override
    public LuaValue getMessageObject() {
        return value;
    }
}
