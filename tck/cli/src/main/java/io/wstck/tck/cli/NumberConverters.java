package io.wstck.tck.cli;

import io.wstck.tck.run.RunPlan;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The converters of all options that take a whole number. Each refuses a number out of its range in one sentence. */
final class NumberConverters {
    private static final int LAST_PORT = 65_535;

    /** About 116 days: longer than any run. */
    private static final int MAX_SECONDS = 9_999_999;

    private NumberConverters() {}

    /** A port; 0 has a meaning of its own for each option. */
    static final class Port implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String word) {
            return (int) number(word, 0, LAST_PORT);
        }
    }

    /** A number of cases that are played at once. */
    static final class JobCount implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String word) {
            return (int) number(word, 1, RunPlan.MAX_JOBS);
        }
    }

    /** A number of repetitions. */
    static final class RepetitionCount implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String word) {
            return (int) number(word, 1, RunPlan.MAX_REPETITIONS);
        }
    }

    /** A seed for random numbers. */
    static final class Seed implements ITypeConverter<Long> {
        @Override
        public Long convert(String word) {
            return number(word, Long.MIN_VALUE, Long.MAX_VALUE);
        }
    }

    /** A time in seconds. */
    static final class Seconds implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String word) {
            return Duration.ofSeconds(number(word, 1, MAX_SECONDS));
        }
    }

    private static long number(String word, long lowest, long highest) {
        try {
            long number = Long.parseLong(word);
            if (number >= lowest && number <= highest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below: it is no integer, or longer than any range.
        }
        throw new TypeConversionException(
                "expected an integer from " + lowest + " to " + highest + ", got \"" + word + "\"");
    }
}
