package io.wstck.benchmarks;

import java.util.List;
import java.util.Locale;

/** Medians, spreads, and how they are printed. */
final class Figures {
    private static final int EXACT_FROM = 10;

    private Figures() {}

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Returns the median with the least and the largest value: {@code 0.85 (0.80-0.91)}. */
    static String medianAndSpread(List<Double> values) {
        double least = values.stream().min(Double::compare).orElseThrow();
        double largest = values.stream().max(Double::compare).orElseThrow();
        return print(median(values)) + " (" + print(least) + "-" + print(largest) + ")";
    }

    /** Returns a number with two or three digits that count. */
    static String print(double value) {
        if (value >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= EXACT_FROM ? "%.1f" : "%.2f", value);
    }
}
