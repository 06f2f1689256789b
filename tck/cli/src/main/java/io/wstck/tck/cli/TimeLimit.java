package io.wstck.tck.cli;

import io.wstck.lua.LuaDuration;
import io.wstck.lua.LuaStrings;
import java.time.Duration;
import org.luaj.vm2.LuaValue;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A time limit on the command line.
 *
 * @param duration longer than zero
 * @param text as it was given
 */
record TimeLimit(Duration duration, String text) {
    /** Reads milliseconds, or a duration with units, as the options of {@code websocket.connect} are written. */
    static final class Converter implements ITypeConverter<TimeLimit> {
        @Override
        public TimeLimit convert(String text) {
            try {
                Duration duration = LuaDuration.parse(
                        text.matches("[0-9]{1,15}") ? LuaValue.valueOf(Double.parseDouble(text)) : LuaStrings.of(text));
                if (duration.isZero()) {
                    throw new TypeConversionException("expected a duration longer than zero, got \"" + text + "\"");
                }
                return new TimeLimit(duration, text.matches("[0-9]+") ? text + " ms" : text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
