package io.wstck.lua.sandbox;

import io.wstck.lua.LuaStrings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * What a LuaError says. The first closure that an error passes asks the debug library for a traceback, and LuaJ glues
 * position, message and traceback into one string; ours carries a trailer from which the parts can be told again.
 *
 * @param value what {@code pcall} returns
 * @param position where it was raised; may be empty
 * @param traceback Lua's stack there; may be empty
 */
public record ErrorReport(LuaValue value, String position, String traceback) {
    private static final char MARK = '\0';

    /** The trailer, to be returned by the debug library. */
    static String trailer(LuaCalls stack) {
        if (stack.depth() == 0) {
            return MARK + "0" + MARK + MARK;
        }
        return MARK
                + Integer.toString(stack.rawPrefix().length())
                + MARK
                + stack.position(1)
                + MARK
                + stack.traceback();
    }

    public static ErrorReport of(LuaError error) {
        String whole = error.getMessage();
        LuaValue value = error.getMessageObject();
        if (value == null || whole == null) {
            return new ErrorReport(value == null ? LuaValue.NIL : value, "", "");
        }
        int third = whole.lastIndexOf(MARK);
        int second = third < 0 ? -1 : whole.lastIndexOf(MARK, third - 1);
        int first = second < 0 ? -1 : whole.lastIndexOf("\n" + MARK, second - 1);
        if (first < 0) {
            return new ErrorReport(value, "", "");
        }
        String position = whole.substring(second + 1, third);
        String traceback = whole.substring(third + 1);
        boolean glued = value instanceof LuaString text
                && text.length() > 0
                && LuaStrings.text(text).indexOf("\n" + MARK) >= 0;
        if (!glued) {
            return new ErrorReport(value, position, traceback);
        }
        int prefix = Integer.parseInt(whole.substring(first + 2, second));
        String message = whole.substring(Math.min(prefix + 1, first), first);
        return new ErrorReport(LuaStrings.of(position + ": " + readable(message)), position, traceback);
    }

    /** LuaJ's wording, turned into that of Lua. */
    private static String readable(String message) {
        if (message.startsWith("attempt to index ? (")) {
            return message.replace("? (", "").replace(")", "");
        }
        if (message.startsWith("index expected, got ")) {
            return "attempt to index a " + message.substring("index expected, got ".length()) + " value";
        }
        if (message.startsWith("attempt to call ") && !message.endsWith(" value")) {
            return "attempt to call a " + message.substring("attempt to call ".length()) + " value";
        }
        return message;
    }

    /**
     * A message, and the position that was its prefix.
     *
     * @param message without the position
     * @param position such as {@code close.lua:12}
     */
    public record Positioned(String message, String position) {
        private static final Pattern PREFIXED =
                Pattern.compile("(?s)((?:[^:\\n]+|\\[string .*?\\]):(?:\\d+|\\?)): (.*)");

        public static Positioned of(String text, String elsewhere) {
            Matcher matcher = PREFIXED.matcher(text);
            return matcher.matches()
                    ? new Positioned(matcher.group(2), matcher.group(1))
                    : new Positioned(text, elsewhere);
        }
    }
}
