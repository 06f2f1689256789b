package io.wstck.lua.sandbox;

import io.wstck.lua.LuaStrings;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Numbers to text and back, as C's printf and strtod do it: exact, rounded half to even. */
public final class Numbers {
    private static final int LUA_PRECISION = 14;
    private static final int LONGEST_NUMERAL = 400;

    private Numbers() {}

    /** The text of a number: {@code %.14g}. */
    static LuaString format(LuaNumber number) {
        return LuaStrings.of(
                number instanceof LuaInteger integer
                        ? Integer.toString(integer.v)
                        : general(number.todouble(), LUA_PRECISION, false));
    }

    /** {@code %f}; the value is finite. */
    static String fixed(double value, int precision) {
        String digits = new BigDecimal(Math.abs(value))
                .setScale(precision, RoundingMode.HALF_EVEN)
                .toPlainString();
        return sign(value) + digits;
    }

    /** {@code %e}; the value is finite. */
    static String scientific(double value, int precision) {
        if (value == 0) {
            return sign(value) + withPoint("0".repeat(precision + 1)) + "e+00";
        }
        BigDecimal rounded =
                new BigDecimal(Math.abs(value)).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        BigInteger unscaled = rounded.unscaledValue();
        String digits = unscaled.toString();
        int exponent = digits.length() - 1 - rounded.scale();
        String padded = digits.length() > precision + 1
                ? digits.substring(0, precision + 1)
                : digits + "0".repeat(precision + 1 - digits.length());
        return sign(value) + withPoint(padded) + exponent(exponent);
    }

    /** {@code %g}, with or without its trailing zeros ({@code %#g}). */
    static String general(double value, int precision, boolean keepZeros) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return special(value);
        }
        int significant = Math.max(1, precision);
        String scientific = scientific(value, significant - 1);
        int e = scientific.indexOf('e');
        int exponent = Integer.parseInt(scientific.substring(e + 1));
        if (exponent < -4 || exponent >= significant) {
            return (keepZeros ? scientific.substring(0, e) : stripZeros(scientific.substring(0, e)))
                    + exponent(exponent);
        }
        String fixed = fixed(value, significant - 1 - exponent);
        return keepZeros ? fixed : stripZeros(fixed);
    }

    /** {@code inf}, {@code -inf} or {@code nan}. */
    static String special(double value) {
        return Double.isNaN(value) ? "nan" : sign(value) + "inf";
    }

    /** The number that a text reads as, or nil. */
    public static LuaValue parse(LuaString text) {
        String trimmed = stripped(text);
        if (trimmed.length() > LONGEST_NUMERAL) {
            return LuaValue.NIL;
        }
        String lower = trimmed.toLowerCase(Locale.ROOT);
        if (lower.matches("[+-]?0x[0-9a-f]+")) {
            boolean negative = lower.startsWith("-");
            double value = new BigInteger(lower.substring(lower.indexOf('x') + 1), 16).doubleValue();
            return LuaValue.valueOf(negative ? -value : value);
        }
        if (lower.matches("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:e[+-]?[0-9]+)?")) {
            return LuaValue.valueOf(Double.parseDouble(lower));
        }
        return LuaValue.NIL;
    }

    /** The number that digits of a base, 2 to 36, read as, or nil. */
    static LuaValue parse(LuaString text, int base) {
        String digits = stripped(text);
        if (digits.length() > LONGEST_NUMERAL) {
            return LuaValue.NIL;
        }
        try {
            return LuaValue.valueOf(new BigInteger(digits, base).doubleValue());
        } catch (NumberFormatException e) {
            return LuaValue.NIL;
        }
    }

    /** The text without white space around it, or its beginning if that is too long for a number. */
    private static String stripped(LuaString text) {
        LoopGuard guard = LoopGuard.current();
        int start = 0;
        int end = text.m_length;
        while (start < end && isSpace(text.luaByte(start))) {
            start++;
            guard.step();
        }
        while (start < end && isSpace(text.luaByte(end - 1))) {
            end--;
            guard.step();
        }
        int length = Math.min(end - start, LONGEST_NUMERAL + 1);
        return new String(text.m_bytes, text.m_offset + start, length, StandardCharsets.ISO_8859_1);
    }

    private static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static String sign(double value) {
        return Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    }

    private static String withPoint(String digits) {
        return digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    }

    private static String exponent(int exponent) {
        int size = Math.abs(exponent);
        return (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
    }

    private static String stripZeros(String digits) {
        if (digits.indexOf('.') < 0) {
            return digits;
        }
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, digits.charAt(end - 1) == '.' ? end - 1 : end);
    }
}
