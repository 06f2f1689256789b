package io.wstck.lua;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * Converts a duration that a script gives to {@link Duration} (clauses options.duration.number,
 * options.duration.string). A number is milliseconds. A string is a Go duration such as {@code "1m30s"} or
 * {@code "1.5h"}.
 */
public final class LuaDuration {
    private static final Pattern WHOLE =
            Pattern.compile("([+-]?)((?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+)");
    private static final Pattern TERM = Pattern.compile("([0-9]*\\.?[0-9]*)(ns|us|µs|μs|ms|s|m|h)");
    private static final int MAX_TEXT_LENGTH = 100;
    private static final BigDecimal NANOS_PER_MILLI = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal MAX_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);

    private LuaDuration() {}

    /**
     * Parses a duration of 0 up to 292 years; a fraction of a nanosecond is cut off.
     *
     * @param value a number or a string
     * @return the duration
     * @throws IllegalArgumentException with a sentence that names the value and what was expected
     */
    public static Duration parse(LuaValue value) {
        return switch (value.type()) {
            case LuaValue.TNUMBER -> ofMillis(value);
            case LuaValue.TSTRING -> ofText(value);
            default -> throw parseError("a " + value.typename());
        };
    }

    private static Duration ofMillis(LuaValue value) {
        double millis = value.todouble();
        if (Double.isNaN(millis) || Double.isInfinite(millis)) {
            throw parseError(LuaStrings.show(value));
        }
        return ofNanos(new BigDecimal(millis).multiply(NANOS_PER_MILLI), LuaStrings.show(value));
    }

    private static Duration ofText(LuaValue value) {
        LuaString given = value.checkstring();
        // A longer text is never a duration.
        String text = LuaStrings.text(given.substring(0, Math.min(given.m_length, 4 * MAX_TEXT_LENGTH + 1)));
        String shown = '"'
                + (text.length() > MAX_TEXT_LENGTH ? LuaStrings.beginning(given, MAX_TEXT_LENGTH) + "…" : text)
                + '"';
        // As in Go, "0" is the only number that needs no unit.
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher whole = text.length() > MAX_TEXT_LENGTH ? WHOLE.matcher("") : WHOLE.matcher(text);
        if (!whole.matches()) {
            throw parseError(shown);
        }
        BigDecimal nanos = BigDecimal.ZERO;
        for (Matcher term = TERM.matcher(whole.group(2)); term.find(); ) {
            nanos = nanos.add(new BigDecimal(term.group(1)).multiply(nanosPer(term.group(2))));
        }
        return ofNanos(whole.group(1).equals("-") ? nanos.negate() : nanos, shown);
    }

    private static BigDecimal nanosPer(String unit) {
        return BigDecimal.valueOf(
                switch (unit) {
                    case "ns" -> 1L;
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "h" -> 3_600_000_000_000L;
                    default -> 1_000L;
                });
    }

    private static Duration ofNanos(BigDecimal nanos, String shown) {
        if (nanos.signum() < 0 || nanos.compareTo(MAX_NANOS) > 0) {
            throw new IllegalArgumentException("duration " + shown + " is out of range: expected 0 up to 292 years");
        }
        return Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
    }

    private static IllegalArgumentException parseError(String shown) {
        return new IllegalArgumentException(
                "duration " + shown
                        + " cannot be read: expected a number of milliseconds, or a string such as \"500ms\", \"1.5s\" or \"1m30s\"");
    }
}
