package io.wstck.tck.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the known names that a mistyped name may mean. */
final class NearestNames {
    private static final int MAX_NAMES = 3;

    private NearestNames() {}

    /**
     * Up to three of {@code known}. Names that contain {@code name} come first, then those with the smallest edit
     * distance.
     */
    static List<String> to(String name, Collection<String> known) {
        return known.stream()
                .sorted(Comparator.comparingInt((String candidate) -> candidate.contains(name) ? 0 : 1)
                        .thenComparingInt(candidate -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MAX_NAMES)
                .toList();
    }

    /** The Levenshtein distance: insertions, deletions and substitutions of one character. */
    private static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] current = new int[other.length() + 1];
            current[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int substitution = one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
                current[column] = Math.min(
                        previous[column - 1] + substitution, Math.min(previous[column], current[column - 1]) + 1);
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
