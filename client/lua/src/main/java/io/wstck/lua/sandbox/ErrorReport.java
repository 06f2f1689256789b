package io.wstck.lua.sandbox;

import io.wstck.lua.LuaStrings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * The value, the position and the traceback of an error, extracted from LuaJ's {@link LuaError}. The first closure that
 * an error passes asks the debug library for a traceback, and LuaJ joins position, message and traceback into one
 * string. Our debug library returns a trailer instead, which allows this class to separate the parts.
 *
 * @param value the value that {@code pcall} returns
 * @param position where the error was raised; may be empty
 * @param traceback the Lua stack there; may be empty
 */
public record ErrorReport(LuaValue value, String position, String traceback) {
    private static final char SEPARATOR = '\0';

    /** How LuaJ says that an instruction fails at its operands. */
    private static final Pattern OPERATOR =
            Pattern.compile("(?s)attempt to (?:index|call|get length of|compare|concatenate) .*"
                    + "|attempt to perform arithmetic (?!on a string of ).*|(?:table )?index expected, got .*");

    /** How LuaJ says that a value cannot be called by a function written in Java. */
    private static final Pattern CALL = Pattern.compile("attempt to call (\\w+)");

    /** Returns the trailer, for the debug library to return. */
    static String trailer(LuaCallStack stack) {
        if (stack.depth() == 0) {
            return SEPARATOR + "0" + SEPARATOR + SEPARATOR + SEPARATOR;
        }
        return SEPARATOR
                + Integer.toString(stack.luajPrefix().length())
                + SEPARATOR
                + stack.position(1)
                + SEPARATOR
                + stack.complaint().orElse("")
                + SEPARATOR
                + stack.traceback();
    }

    public static ErrorReport of(LuaError error) {
        String whole = error.getMessage();
        LuaValue value = error.getMessageObject();
        if (value == null || whole == null) {
            return new ErrorReport(value == null ? LuaValue.NIL : value, "", "");
        }
        int fourth = whole.lastIndexOf(SEPARATOR);
        int third = fourth < 0 ? -1 : whole.lastIndexOf(SEPARATOR, fourth - 1);
        int second = third < 0 ? -1 : whole.lastIndexOf(SEPARATOR, third - 1);
        int first = second < 0 ? -1 : whole.lastIndexOf("\n" + SEPARATOR, second - 1);
        if (first < 0) {
            return new ErrorReport(value, "", "");
        }
        String position = whole.substring(second + 1, third);
        String traceback = whole.substring(fourth + 1);
        boolean hasTrailer = !(error instanceof RaisedError)
                && value instanceof LuaString text
                && text.length() > 0
                && LuaStrings.text(text).indexOf("\n" + SEPARATOR) >= 0;
        if (!hasTrailer) {
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
     * Translates LuaJ's wording into Lua's.
     *
     * @param complaint what Lua says of the instruction; may be empty
     */
    private static String readable(String message, String complaint) {
        if (!complaint.isEmpty() && OPERATOR.matcher(message).matches()) {
            return complaint;
        }
        Matcher call = CALL.matcher(message);
        return call.matches() ? "attempt to call a " + call.group(1) + " value" : message;
    }

    /**
     * An error message, split into the position at its beginning and the rest.
     *
     * @param message without the position
     * @param position such as {@code close.lua:12}
     */
    public record PositionedMessage(String message, String position) {
        private static final Pattern PREFIXED =
                Pattern.compile("(?s)((?:[^:\\n]+|\\[string .*?\\]):(?:\\d+|\\?)): (.*)");

        public static PositionedMessage of(String text, String elsewhere) {
            Matcher matcher = PREFIXED.matcher(text);
            return matcher.matches()
                    ? new PositionedMessage(matcher.group(2), matcher.group(1))
                    : new PositionedMessage(text, elsewhere);
        }
    }
}
