package io.wstck.lua.sandbox;

import io.wstck.lua.LuaNumbers;
import io.wstck.lua.LuaStrings;
import java.util.Locale;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;

/**
 * One directive of {@code string.format}, such as {@code %-5.2f}.
 *
 * @param flags some of {@code "-+ #0"}
 * @param width the smallest number of bytes, 0 to 99
 * @param precision 0 to 99, or -1 when there is none
 * @param conversion the letter
 * @param end index after the directive in the format
 */
record FormatDirective(String flags, int width, int precision, char conversion, int end) {
    private static final String FLAGS = "-+ #0";

    /** Parses the directive that begins after the percent sign. */
    static FormatDirective parse(LuaString format, int start) {
        int at = start;
        while (at < format.m_length && FLAGS.indexOf(format.luaByte(at)) >= 0) {
            at++;
        }
        if (at - start > FLAGS.length()) {
            throw new LuaError("invalid format (repeated flags)");
        }
        String flags = LuaStrings.text(format.substring(start, at));
        int afterWidth = digits(format, at);
        int width = afterWidth == at ? 0 : number(format, at, afterWidth);
        int precision = -1;
        at = afterWidth;
        if (at < format.m_length && format.luaByte(at) == '.') {
            int afterPrecision = digits(format, at + 1);
            precision = afterPrecision == at + 1 ? 0 : number(format, at + 1, afterPrecision);
            at = afterPrecision;
        }
        if (at >= format.m_length) {
            throw new LuaError("invalid option '%' to 'format' (the format ends)");
        }
        return new FormatDirective(flags, width, precision, (char) format.luaByte(at), at + 1);
    }

    LuaError invalid() {
        return new LuaError("invalid option '%" + conversion + "' to 'format'");
    }

    /** {@code %d}, {@code %i}: the number is truncated to an integer. */
    String integer(double value) {
        long number = (long) value;
        String digits = Long.toString(Math.abs(number));
        if (number == Long.MIN_VALUE) {
            digits = digits.substring(1);
        }
        return signed(number < 0 ? "-" : "", atLeast(digits), precision < 0);
    }

    /** {@code %u}, {@code %x}, {@code %X}, {@code %o}. */
    String unsigned(double value) {
        long number = value >= 0x1p63 ? (long) (value - 0x1p63) + Long.MIN_VALUE : (long) value;
        String digits = switch (conversion) {
            case 'x' -> Long.toHexString(number);
            case 'X' -> Long.toHexString(number).toUpperCase(Locale.ROOT);
            case 'o' -> (isAlternate() && number != 0 ? "0" : "") + Long.toOctalString(number);
            default -> Long.toUnsignedString(number);
        };
        boolean prefixed = isAlternate() && number != 0 && Character.toLowerCase(conversion) == 'x';
        return padded(prefixed ? "0" + conversion : "", atLeast(digits), precision < 0);
    }

    /** {@code %e}, {@code %f}, {@code %g} and their capitals. */
    String floating(double value) {
        String text;
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            text = LuaNumbers.nonFinite(value);
        } else {
            int places = precision < 0 ? 6 : precision;
            text = switch (Character.toLowerCase(conversion)) {
                case 'e' -> LuaNumbers.scientific(value, places);
                case 'f' -> LuaNumbers.fixed(value, places);
                default ->
                    isAlternate() ? LuaNumbers.generalWithZeros(value, places) : LuaNumbers.general(value, places);
            };
            text = isAlternate() ? withPoint(text) : text;
        }
        boolean negative = text.startsWith("-");
        String shown = Character.isUpperCase(conversion) ? text.toUpperCase(Locale.ROOT) : text;
        return signed(negative ? "-" : "", negative ? shown.substring(1) : shown, Double.isFinite(value));
    }

    /** {@code %s}, {@code %c}: cut to the precision, padded to the width, in bytes. */
    void addTo(LuaStringBuilder builder, LuaString value) {
        int length = precision < 0 ? value.m_length : Math.min(precision, value.m_length);
        byte[] padding = new byte[Math.max(0, width - length)];
        java.util.Arrays.fill(padding, (byte) ' ');
        boolean left = flags.contains("-");
        if (!left) {
            builder.add(padding);
        }
        builder.add(value, 0, length);
        if (left) {
            builder.add(padding);
        }
    }

    private String signed(String minus, String digits, boolean padWithZeros) {
        String plus = flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
        return padded(minus.isEmpty() ? plus : minus, digits, padWithZeros);
    }

    private String padded(String sign, String digits, boolean padWithZeros) {
        int missing = Math.max(0, width - sign.length() - digits.length());
        if (flags.contains("-")) {
            return sign + digits + " ".repeat(missing);
        }
        return padWithZeros && flags.contains("0")
                ? sign + "0".repeat(missing) + digits
                : " ".repeat(missing) + sign + digits;
    }

    private String atLeast(String digits) {
        if (precision == 0 && digits.equals("0") && !(isAlternate() && conversion == 'o')) {
            return "";
        }
        return "0".repeat(Math.max(0, precision - digits.length())) + digits;
    }

    /** The flag {@code #}: a prefix for hexadecimal and octal, a point in every float. */
    private boolean isAlternate() {
        return flags.contains("#");
    }

    private static String withPoint(String text) {
        int exponent = text.indexOf('e');
        int end = exponent < 0 ? text.length() : exponent;
        return text.indexOf('.') >= 0 ? text : text.substring(0, end) + '.' + text.substring(end);
    }

    private static int digits(LuaString format, int start) {
        int at = start;
        while (at < format.m_length && format.luaByte(at) >= '0' && format.luaByte(at) <= '9') {
            at++;
        }
        if (at - start > 2) {
            throw new LuaError("invalid format (width or precision too long)");
        }
        return at;
    }

    private static int number(LuaString format, int start, int end) {
        return Integer.parseInt(LuaStrings.text(format.substring(start, end)));
    }
}
