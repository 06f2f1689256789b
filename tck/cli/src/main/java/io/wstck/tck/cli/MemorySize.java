package io.wstck.tck.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An amount of memory on the command line.
 *
 * @param bytes at least 1
 */
record MemorySize(long bytes) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,15})(KiB|MiB|GiB)?");

    /** Reads a number of bytes, or a number and its unit. */
    static final class Converter implements ITypeConverter<MemorySize> {
        @Override
        public MemorySize convert(String text) {
            Matcher matcher = TEXT.matcher(text);
            if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
                throw new TypeConversionException(
                        "expected a number of bytes, or one of KiB, MiB or GiB such as 64MiB, got \"" + text + "\"");
            }
            long unit = switch (matcher.group(2)) {
                case "KiB" -> 1L << 10;
                case "MiB" -> 1L << 20;
                case "GiB" -> 1L << 30;
                case null, default -> 1;
            };
            // More than any machine has is as good as no limit.
            return new MemorySize(Math.min(Long.parseLong(matcher.group(1)), Long.MAX_VALUE / unit) * unit);
        }
    }
}
