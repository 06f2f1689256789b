package io.wstck.lua;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Converts numbers to text and back, as printf and strtod of C do: exact, rounded half to even. */
public final class LuaNumbers {
    private static final int LUA_PRECISION = 14;
    private static final int MAX_NUMERAL_LENGTH = 400;

    private LuaNumbers() {}

    /** Returns the text of a number: {@code %.14g}. */
    static LuaString format(LuaNumber number) {
        return LuaStrings.of(
                number instanceof LuaInteger integer
                        ? Integer.toString(integer.v)
                        : general(number.todouble(), LUA_PRECISION));
    }

    /**
     * {@code %f}; the value is finite.
     *
     * @param value the number
     * @param precision the number of digits, as in C
     * @return the text
     */
    public static String fixed(double value, int precision) {
        String digits = new BigDecimal(Math.abs(value))
                .setScale(precision, RoundingMode.HALF_EVEN)
                .toPlainString();
        return sign(value) + digits;
    }

    /**
     * {@code %e}; the value is finite.
     *
     * @param value the number
     * @param precision the number of digits, as in C
     * @return the text
     */
    public static String scientific(double value, int precision) {
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

    /**
     * {@code %g}.
     *
     * @param value the number
     * @param precision the number of digits, as in C
     * @return the text
     */
    public static String general(double value, int precision) {
        return general(value, precision, LuaNumbers::stripZeros);
    }

    /**
     * {@code %#g}: as {@link #general}, with its trailing zeros.
     *
     * @param value the number
     * @param precision the number of digits, as in C
     * @return the text
     */
    public static String generalWithZeros(double value, int precision) {
        return general(value, precision, UnaryOperator.identity());
    }

    private static String general(double value, int precision, UnaryOperator<String> zeros) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return nonFinite(value);
        }
        int significant = Math.max(1, precision);
        String scientific = scientific(value, significant - 1);
        int e = scientific.indexOf('e');
        int exponent = Integer.parseInt(scientific.substring(e + 1));
        if (exponent < -4 || exponent >= significant) {
            return zeros.apply(scientific.substring(0, e)) + exponent(exponent);
        }
        return zeros.apply(fixed(value, significant - 1 - exponent));
    }

    /**
     * {@code inf}, {@code -inf} or {@code nan}.
     *
     * @param value the number
     * @return the text
     */
    public static String nonFinite(double value) {
        return Double.isNaN(value) ? "nan" : sign(value) + "inf";
    }

    /**
     * {@return the number in a text, or nil}
     *
     * @param text the text to read
     */
    public static LuaValue parse(LuaString text) {
        String trimmed = strip(text);
        if (trimmed.length() > MAX_NUMERAL_LENGTH) {
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

    /**
     * {@return the number in a text of digits of a base, 2 to 36, or nil}
     *
     * @param text the text to read
     * @param base the base, 2 to 36
     */
    public static LuaValue parse(LuaString text, int base) {
        String digits = strip(text);
        if (digits.length() > MAX_NUMERAL_LENGTH) {
            return LuaValue.NIL;
        }
        try {
            return LuaValue.valueOf(new BigInteger(digits, base).doubleValue());
        } catch (NumberFormatException e) {
            return LuaValue.NIL;
        }
    }

    /** Returns the text without surrounding white space, or only its beginning if it is too long for a number. */
    private static String strip(LuaString text) {
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
        int length = Math.min(end - start, MAX_NUMERAL_LENGTH + 1);
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
