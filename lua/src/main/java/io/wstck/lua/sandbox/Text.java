package io.wstck.lua.sandbox;

import io.wstck.lua.LuaStrings;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** What {@code tostring} gives. */
public final class Text {
    private Text() {}

    /** The text of any value; calls its metamethod {@code __tostring}. */
    public static LuaString of(LuaValue value) {
        if (value instanceof LuaString string) {
            return string;
        }
        if (value instanceof LuaNumber number) {
            return Numbers.format(number);
        }
        LuaValue custom = value.metatag(LuaValue.TOSTRING);
        if (custom.isnil()) {
            return LuaStrings.of(value.tojstring());
        }
        LuaValue text = custom.call(value);
        if (text instanceof LuaNumber number) {
            return Numbers.format(number);
        }
        if (text instanceof LuaString string) {
            return string;
        }
        throw new LuaError("'__tostring' must return a string, it returned a " + text.typename());
    }

    /** The texts of two values, one after the other, within the limits of the session that the calling thread runs. */
    public static LuaString joined(LuaValue left, LuaValue right) {
        return Execution.current()
                .map(execution -> Concatenation.joined(execution, of(left), of(right)))
                .orElseGet(() -> LuaStrings.of(java(left) + java(right)));
    }

    /**
     * As {@link #of}, for Java. Never fails: a value whose metamethod raises an error gives LuaJ's name for it, and of a text of more
     * than {@link LuaStrings#MAX_TEXT_BYTES} only the beginning is given.
     */
    public static String java(LuaValue value) {
        try {
            LuaString text = of(value);
            return text.m_length > LuaStrings.MAX_TEXT_BYTES ? LuaStrings.excerpt(text) : LuaStrings.text(text);
        } catch (LuaError e) {
            return value.tojstring();
        }
    }
}
