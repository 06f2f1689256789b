package io.wstck.server.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the known names that a mistyped name may mean. Stateless. */
public final class NearestNames {
    private static final int MAX_NAMES = 3;

    /** A name with this many characters for each typing error is close enough to be meant. */
    private static final int CHARACTERS_PER_ERROR = 3;

    /** No known name is as long. A longer one may come from a stranger, and comparing it would take long. */
    private static final int LONGEST_NAME = 64;

    private NearestNames() {}

    /**
     * Up to three of {@code known}. Names that contain {@code name} come first, then those with the smallest edit
     * distance.
     */
    public static List<String> to(String name, Collection<String> known) {
        return known.stream()
                .sorted(Comparator.comparingInt((String candidate) -> candidate.contains(name) ? 0 : 1)
                        .thenComparingInt(candidate -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MAX_NAMES)
                .toList();
    }

    /**
     * The end of a sentence about an unknown name: {@code ; did you mean "send"?}, or an empty text if no known name is
     * near.
     */
    public static String question(String name, Collection<String> known) {
        return nearest(name, known)
                .map(meant -> "; did you mean \"" + meant + "\"?")
                .orElse("");
    }

    private static Optional<String> nearest(String name, Collection<String> known) {
        if (name.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        int most = Math.max(1, name.length() / CHARACTERS_PER_ERROR);
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= most)
                .min(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The edit distance: insertions, deletions, substitutions and swaps of neighbours, of one character each. */
    private static int distance(String one, String other) {
        int[] beforePrevious = new int[other.length() + 1];
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
                if (areSwapped(one, row, other, column)) {
                    current[column] = Math.min(current[column], beforePrevious[column - 2] + 1);
                }
            }
            beforePrevious = previous;
            previous = current;
        }
        return previous[other.length()];
    }

    /** Whether the two characters before these positions are the same in another order. */
    private static boolean areSwapped(String one, int row, String other, int column) {
        return row > 1
                && column > 1
                && one.charAt(row - 1) == other.charAt(column - 2)
                && one.charAt(row - 2) == other.charAt(column - 1);
    }
}
