package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.connecting;
import static io.wstck.tck.prove.faults.FaultFactory.lua;

import io.wstck.tck.prove.Fault;
import java.util.ArrayList;
import java.util.List;

/** Faults in reading the durations among the options. Stateless. */
final class DurationFaults {
    private static final List<String> STRING = breaks("options.duration.string");

    private DurationFaults() {}

    static List<Fault> all() {
        List<Fault> faults = new ArrayList<>(List.of(
                lua(
                        "duration.number-of-seconds",
                        breaks("options.duration.number"),
                        "a numeric timeout is read as seconds",
                        numbers("value * 1000")),
                lua(
                        "duration.number-of-microseconds",
                        breaks("options.duration.number"),
                        "a numeric timeout is read as microseconds",
                        numbers("value / 1000")),
                lua(
                                "duration.dial-number-of-seconds",
                                breaks("options.duration.number"),
                                "a numeric dial_timeout is read as seconds",
                                connecting("""
                                if type(options.dial_timeout) == "number" then
                                  options.dial_timeout = options.dial_timeout * 1000
                                end
                                """))
                        .exclusive(),
                lua(
                                "duration.fraction-dropped",
                                STRING,
                                "the fractions of a duration are dropped",
                                strings("value:gsub(\"%.%d+\", \"\")"))
                        .exclusive(),
                lua(
                        "duration.last-part-only",
                        STRING,
                        "only the last part of a sum of durations is used",
                        strings("value:gsub(\"^.*[^%d.]([%d.]+[^%d.]+)$\", \"%1\")")),
                lua(
                        "duration.minutes-as-milliseconds",
                        STRING,
                        "m means milliseconds",
                        strings("(value .. \" \"):gsub(\"m([^s])\", \"ms%1\"):gsub(\" $\", \"\")")),
                lua("duration.hours-as-seconds", STRING, "h means seconds", strings("value:gsub(\"h\", \"s\")"))));
        for (Unit unit : List.of(
                new Unit("ns", "nanoseconds", "[%d.]ns"),
                new Unit("us", "microseconds", "[%d.]us"),
                new Unit("micro-sign", "microseconds with the micro sign", "\\194\\181s"),
                new Unit("mu", "microseconds with the letter mu", "\\206\\188s"),
                new Unit("ms", "milliseconds", "[%d.]ms"),
                new Unit("s", "seconds", "[%d.]s"),
                new Unit("m", "minutes", "[%d.]m[^s]"),
                new Unit("h", "hours", "[%d.]h"))) {
            faults.add(lua(
                    "duration.without-" + unit.id(),
                    STRING,
                    "a duration in " + unit.name() + " is refused",
                    strings("(value .. \" \"):find(\"" + unit.pattern() + "\") and \"no duration\" or value")));
        }
        return faults;
    }

    private record Unit(String id, String name, String pattern) {}

    private static String numbers(String value) {
        return each("number", value);
    }

    private static String strings(String value) {
        return each("string", value);
    }

    private static String each(String type, String changed) {
        return connecting("""
                for _, name in ipairs { "dial_timeout", "read_timeout", "write_timeout" } do
                  local value = options[name]
                  if type(value) == "TYPE" then options[name] = (CHANGED) end
                end
                """.replace("TYPE", type).replace("CHANGED", changed));
    }
}
