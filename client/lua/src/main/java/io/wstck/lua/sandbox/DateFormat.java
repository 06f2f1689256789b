package io.wstck.lua.sandbox;

import io.wstck.lua.LoopGuard;
import io.wstck.lua.LuaArguments;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import org.luaj.vm2.LuaString;

/** Formats dates for {@code os.date}, as C's strftime does in the C locale. */
final class DateFormat {
    private static final String FUNCTION = "date";

    private DateFormat() {}

    static LuaString format(ScriptExecution execution, LuaString format, ZonedDateTime when) {
        LoopGuard guard = LoopGuard.of(execution);
        LuaStringBuilder builder = new LuaStringBuilder(execution, "os." + FUNCTION);
        for (int at = 0; at < format.m_length; at++) {
            guard.step();
            int c = format.luaByte(at);
            if (c != '%' || at + 1 == format.m_length) {
                builder.add((byte) c);
            } else {
                builder.add(converted((char) format.luaByte(++at), when).getBytes(StandardCharsets.US_ASCII));
            }
        }
        return builder.string();
    }

    private static String converted(char letter, ZonedDateTime when) {
        return switch (letter) {
            case 'a' -> when.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> when.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b' ->
                when.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH).substring(0, 3);
            case 'B' -> when.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'c' ->
                String.join(
                        " ",
                        converted('a', when),
                        converted('b', when),
                        String.format(Locale.ROOT, "%2d", when.getDayOfMonth()),
                        converted('X', when),
                        converted('Y', when));
            case 'd' -> digits(2, when.getDayOfMonth());
            case 'H' -> digits(2, when.getHour());
            case 'I' -> digits(2, (when.getHour() + 11) % 12 + 1);
            case 'j' -> digits(3, when.getDayOfYear());
            case 'm' -> digits(2, when.getMonthValue());
            case 'M' -> digits(2, when.getMinute());
            case 'p' -> when.getHour() < 12 ? "AM" : "PM";
            case 'S' -> digits(2, when.getSecond());
            case 'U' -> digits(2, weekOfYear(when, when.getDayOfWeek().getValue() % 7));
            case 'w' -> Integer.toString(when.getDayOfWeek().getValue() % 7);
            case 'W' -> digits(2, weekOfYear(when, when.getDayOfWeek().getValue() - 1));
            case 'x' -> converted('m', when) + '/' + converted('d', when) + '/' + converted('y', when);
            case 'X' -> converted('H', when) + ':' + converted('M', when) + ':' + converted('S', when);
            case 'y' -> digits(2, Math.floorMod(when.getYear(), 100));
            case 'Y' -> Integer.toString(when.getYear());
            case 'z' -> DateTimeFormatter.ofPattern("xx", Locale.ROOT).format(when);
            case 'Z' ->
                when.getZone().equals(ZoneOffset.UTC)
                        ? "GMT"
                        : DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(when);
            case '%' -> "%";
            default ->
                throw LuaArguments.badArgument(
                        1, FUNCTION, "invalid conversion specifier '%" + printable(letter) + "'");
        };
    }

    /** Returns the week of the year. Week 1 begins with the first day in the year that begins a week. */
    private static int weekOfYear(ZonedDateTime when, int dayOfWeek) {
        return (when.getDayOfYear() + 6 - dayOfWeek) / 7;
    }

    private static String digits(int width, int number) {
        String text = Integer.toString(number);
        return "0".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String printable(char letter) {
        return letter >= ' ' && letter <= '~' ? Character.toString(letter) : "\\" + (int) letter;
    }
}
