package io.wstck.tck.mutation;

import java.util.Optional;

/** Code whose mutants {@link MutantsTest} runs. */
public final class MutantSample {
    private int kept = 5;
    private long total;

    public static boolean isPositive(int number) {
        return number > 0;
    }

    public static int minus(int left, int right) {
        return left - right;
    }

    public static int seven() {
        return 7;
    }

    public static long longs(long number) {
        return number * 2L;
    }

    public static Optional<String> text(String text) {
        return Optional.of(text);
    }

    public int keep(int number) {
        kept = number;
        return kept;
    }

    public long sum(int count) {
        for (int index = 0; index < count; index++) {
            add(index, 1L);
        }
        return total;
    }

    private void add(int number, long times) {
        total += number * times;
    }

    public static String named(int number) {
        return switch (number) {
            case 1 -> "one";
            case 2 -> "two";
            default -> "many";
        };
    }
}
