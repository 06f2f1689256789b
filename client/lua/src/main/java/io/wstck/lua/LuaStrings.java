package io.wstck.lua;

import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * Converts strings between Java and Lua. A Lua string is bytes; text is UTF-8. All code uses this class, because LuaJ's
 * own conversions corrupt characters beyond the basic multilingual plane.
 */
public final class LuaStrings {
    /**
     * The longest string that functions of scripts convert to a Java string, in bytes. It applies to names, error
     * messages and printed lines. Data, such as a WebSocket message or a JSON text, may be longer.
     */
    public static final int MAX_TEXT_BYTES = 16 * 1024 * 1024;

    private static final int EXCERPT_BYTES = 1000;

    private LuaStrings() {}

    /**
     * {@return a copy of the bytes of a Lua string, or of the text of a number}
     *
     * @param value a Lua value
     */
    public static byte[] bytes(LuaValue value) {
        LuaString string = value.checkstring();
        byte[] copy = new byte[string.m_length];
        string.copyInto(0, copy, 0, copy.length);
        return copy;
    }

    /**
     * {@return a Lua string of a copy of the bytes}
     *
     * @param bytes the bytes, which are copied
     */
    public static LuaString of(byte[] bytes) {
        // LuaJ shares arrays of short strings through a cache of the whole process, so it gets a copy.
        return LuaString.valueUsing(bytes.clone());
    }

    /**
     * {@return the Lua string with the UTF-8 of a text}
     *
     * @param text the text
     */
    public static LuaString of(String text) {
        return LuaString.valueUsing(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * {@return the text of {@code tostring} for any value, for error messages} It never fails: if the metamethod raises
     * an error, it returns LuaJ's text for the value. It shortens a text of more than {@link #MAX_TEXT_BYTES}. Called
     * on the thread that runs the session.
     *
     * @param value a Lua value
     */
    public static String show(LuaValue value) {
        try {
            LuaString text = LuaToString.of(value);
            return text.m_length > MAX_TEXT_BYTES ? excerpt(text) : text(text);
        } catch (LuaError e) {
            return value.tojstring();
        }
    }

    /**
     * {@return the text of a Lua string for an error message: all of it, or its beginning and its length}
     *
     * @param string a Lua string
     */
    public static String excerpt(LuaString string) {
        return string.m_length <= EXCERPT_BYTES
                ? text(string)
                : beginning(string, EXCERPT_BYTES) + "… (" + string.m_length + " bytes)";
    }

    /**
     * {@return the text of the first bytes of a Lua string, at most {@code limit}, without splitting a character}
     *
     * @param string a Lua string
     * @param limit the number of bytes to keep
     */
    public static String beginning(LuaString string, int limit) {
        if (string.m_length <= limit) {
            return text(string);
        }
        int end = limit;
        while (end > 0 && limit - end < 3 && isContinuation(string.luaByte(end))) {
            end--;
        }
        return text(string.substring(0, end));
    }

    private static boolean isContinuation(int octet) {
        return (octet & 0xc0) == 0x80;
    }

    /**
     * {@return the text of a Lua string; bytes that are not UTF-8 become U+FFFD}
     *
     * @param string a Lua string
     */
    public static String text(LuaString string) {
        return new String(string.m_bytes, string.m_offset, string.m_length, StandardCharsets.UTF_8);
    }
}
