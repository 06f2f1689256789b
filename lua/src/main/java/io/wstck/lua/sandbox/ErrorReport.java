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

    /** How LuaJ says that a value cannot be indexed or called. */
    private static final Pattern WRONG_TYPE = Pattern.compile(
            "(?:attempt to index \\? \\(a |index expected, got |(?<call>attempt to call ))(?<type>\\w+)(?: value\\))?");

    /** The trailer, to be returned by the debug library. */
    static String trailer(LuaCalls stack) {
        if (stack.depth() == 0) {
            return MARK + "0" + MARK + MARK + MARK;
        }
        return MARK
                + Integer.toString(stack.rawPrefix().length())
                + MARK
                + stack.position(1)
                + MARK
                + stack.faultyValue().orElse("")
                + MARK
                + stack.traceback();
    }

    public static ErrorReport of(LuaError error) {
        String whole = error.getMessage();
        LuaValue value = error.getMessageObject();
        if (value == null || whole == null) {
            return new ErrorReport(value == null ? LuaValue.NIL : value, "", "");
        }
        int fourth = whole.lastIndexOf(MARK);
        int third = fourth < 0 ? -1 : whole.lastIndexOf(MARK, fourth - 1);
        int second = third < 0 ? -1 : whole.lastIndexOf(MARK, third - 1);
        int first = second < 0 ? -1 : whole.lastIndexOf("\n" + MARK, second - 1);
        if (first < 0) {
            return new ErrorReport(value, "", "");
        }
        String position = whole.substring(second + 1, third);
        String traceback = whole.substring(fourth + 1);
        boolean glued = !(error instanceof RaisedError)
                && value instanceof LuaString text
                && text.length() > 0
                && LuaStrings.text(text).indexOf("\n" + MARK) >= 0;
        if (!glued) {
            return new ErrorReport(value, position, traceback);
        }
        int prefix = Integer.parseInt(whole.substring(first + 2, second));
        String message = whole.substring(Math.min(prefix + 1, first), first);
        return new ErrorReport(
                LuaStrings.of(position + ": " + readable(message, whole.substring(third + 1, fourth))),
                position,
                traceback);
    }

    /**
     * LuaJ's wording, turned into that of Lua.
     *
     * @param name of the value that is about; may be empty
     */
    private static String readable(String message, String name) {
        Matcher wrong = WRONG_TYPE.matcher(message);
        if (!wrong.matches()) {
            return message;
        }
        String verb = wrong.group("call") == null ? "index" : "call";
        String value = "a " + wrong.group("type") + " value";
        return "attempt to " + verb + " " + (name.isEmpty() ? value : name + " (" + value + ")");
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
