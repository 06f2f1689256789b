package io.wstck.lua;

import io.wstck.lua.sandbox.Text;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * The only way strings cross between Java and Lua. A Lua string is bytes; text is UTF-8. LuaJ's own conversions corrupt
 * characters beyond the basic multilingual plane.
 */
public final class LuaStrings {
    /**
     * The longest string that functions for scripts convert to a Java string, in bytes: names, messages, lines that are printed.
     * Data, such as a message or a JSON text, may be longer.
     */
    public static final int MAX_TEXT_BYTES = 16 * 1024 * 1024;

    private static final int EXCERPT_BYTES = 1000;

    private LuaStrings() {}

    /** A copy of the bytes of a Lua string; a number gives its text. */
    public static byte[] bytes(LuaValue value) {
        LuaString string = value.checkstring();
        byte[] copy = new byte[string.m_length];
        string.copyInto(0, copy, 0, copy.length);
        return copy;
    }

    /** A Lua string of a copy of these bytes. */
    public static LuaString of(byte[] bytes) {
        // LuaJ shares arrays of short strings through a cache of the whole process: never give it ours.
        return LuaString.valueUsing(bytes.clone());
    }

    public static LuaString of(String text) {
        return LuaString.valueUsing(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What {@code tostring} gives for any value, for messages; never fails. On the thread that runs the session. */
    public static String show(LuaValue value) {
        return Text.java(value);
    }

    /** The text of a Lua string for a message: all of it, or its beginning and its length. */
    public static String excerpt(LuaString string) {
        return string.m_length <= EXCERPT_BYTES
                ? text(string)
                : beginning(string, EXCERPT_BYTES) + "… (" + string.m_length + " bytes)";
    }

    /** The text of the first bytes of a Lua string, at most {@code limit} of them; a character stays whole. */
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

    /** The text of a Lua string; bytes that are no UTF-8 become U+FFFD. */
    public static String text(LuaString string) {
        return new String(string.m_bytes, string.m_offset, string.m_length, StandardCharsets.UTF_8);
    }
}
