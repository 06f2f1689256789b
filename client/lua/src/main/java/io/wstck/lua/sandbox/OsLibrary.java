package io.wstck.lua.sandbox;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaStrings;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The library {@code os} without access to the system: only the clock and the calendar. */
final class OsLibrary {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int NOON = 12;

    private final ScriptExecution execution;
    private final long start = System.nanoTime();

    OsLibrary(ScriptExecution execution) {
        this.execution = execution;
    }

    void install(LuaTable library) {
        put(library, "clock", _ -> LuaValue.valueOf((System.nanoTime() - start) / NANOS_PER_SECOND));
        put(library, "date", this::date);
        put(
                library,
                "difftime",
                arguments -> LuaValue.valueOf(
                        LuaArguments.number(arguments, 1, "difftime") - LuaArguments.number(arguments, 2, "difftime")));
        put(library, "time", OsLibrary::time);
    }

    private Varargs date(Varargs arguments) {
        LuaString given = arguments.isnoneornil(1) ? LuaStrings.of("%c") : LuaArguments.string(arguments, 1, "date");
        double seconds = arguments.isnoneornil(2) ? now() : LuaArguments.number(arguments, 2, "date");
        boolean utc = given.m_length > 0 && given.luaByte(0) == '!';
        LuaString format = utc ? given.substring(1, given.m_length) : given;
        ZonedDateTime when = Instant.ofEpochMilli((long) Math.floor(seconds * 1000))
                .atZone(utc ? ZoneOffset.UTC : ZoneId.systemDefault());
        if (format.m_length == 2 && format.luaByte(0) == '*' && format.luaByte(1) == 't') {
            return fields(when);
        }
        return DateFormat.format(execution, format, when);
    }

    private static LuaTable fields(ZonedDateTime when) {
        LuaTable fields = new LuaTable();
        fields.rawset("year", LuaValue.valueOf(when.getYear()));
        fields.rawset("month", LuaValue.valueOf(when.getMonthValue()));
        fields.rawset("day", LuaValue.valueOf(when.getDayOfMonth()));
        fields.rawset("hour", LuaValue.valueOf(when.getHour()));
        fields.rawset("min", LuaValue.valueOf(when.getMinute()));
        fields.rawset("sec", LuaValue.valueOf(when.getSecond()));
        fields.rawset("wday", LuaValue.valueOf(when.getDayOfWeek().getValue() % 7 + 1));
        fields.rawset("yday", LuaValue.valueOf(when.getDayOfYear()));
        fields.rawset("isdst", LuaValue.valueOf(when.getZone().getRules().isDaylightSavings(when.toInstant())));
        return fields;
    }

    private static LuaValue time(Varargs arguments) {
        if (arguments.isnoneornil(1)) {
            return LuaValue.valueOf(Math.floor(now()));
        }
        LuaTable table = LuaArguments.table(arguments, 1, "time");
        try {
            // As in C a field may be out of its range, such as the day 0 or the month 13.
            LocalDateTime when = LocalDateTime.of(field(table, "year"), 1, 1, 0, 0)
                    .plusMonths(field(table, "month") - 1L)
                    .plusDays(field(table, "day") - 1L)
                    .plusHours(field(table, "hour", NOON))
                    .plusMinutes(field(table, "min", 0))
                    .plusSeconds(field(table, "sec", 0));
            return LuaValue.valueOf((double) when.atZone(ZoneId.systemDefault()).toEpochSecond());
        } catch (DateTimeException e) {
            throw new LuaError("os.time: the date is out of range: " + e.getMessage());
        }
    }

    private static int field(LuaTable table, String name, int absent) {
        return table.get(name).isnil() ? absent : field(table, name);
    }

    private static int field(LuaTable table, String name) {
        return (int) LuaArguments.numberIn(table.get(name))
                .orElseThrow(() -> new LuaError("field '" + name + "' missing in date table, or not a number"))
                .todouble();
    }

    private static double now() {
        return System.currentTimeMillis() / 1000.0;
    }
}
