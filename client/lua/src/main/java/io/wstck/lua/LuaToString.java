package io.wstck.lua;

import java.util.HexFormat;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Converts values to text, as {@code tostring} does. */
public final class LuaToString {
    private LuaToString() {}

    /**
     * {@return the text of any value; calls its metamethod {@code __tostring}}
     *
     * @param value a Lua value
     */
    public static LuaString of(LuaValue value) {
        if (value instanceof LuaString string) {
            return string;
        }
        if (value instanceof LuaNumber number) {
            return LuaNumbers.format(number);
        }
        LuaValue custom = value.metatag(LuaValue.TOSTRING);
        if (custom.isnil()) {
            return LuaStrings.of(name(value));
        }
        LuaValue text = custom.call(value);
        if (text instanceof LuaNumber number) {
            return LuaNumbers.format(number);
        }
        if (text instanceof LuaString string) {
            return string;
        }
        throw new LuaError("'__tostring' must return a string, it returned a " + text.typename());
    }

    /** LuaJ gives all functions that come from one place the same name. */
    private static String name(LuaValue value) {
        return value.istable() || value.isclosure() || value.isthread()
                ? value.typename() + ": 0x" + HexFormat.of().toHexDigits(System.identityHashCode(value))
                : value.tojstring();
    }
}
