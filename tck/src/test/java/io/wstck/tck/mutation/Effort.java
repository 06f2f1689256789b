package io.wstck.tck.mutation;

import io.wstck.tck.cases.TestCase;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many of the cases that reach a mutant are played before it has survived. */
enum Effort {
    /** All of them. */
    WHOLE,
    /** No heavy ones, and two of those of a clause that reach the same places. */
    QUICK;

    private static final int OF_EACH = 2;

    private record Alike(String clause, BitSet places) {}

    /** The cases to play, in their order. */
    List<TestCase> of(List<TestCase> reaching, Coverage coverage) {
        if (this == WHOLE) {
            return reaching;
        }
        Map<Alike, Integer> taken = new HashMap<>();
        return reaching.stream()
                .filter(testCase -> testCase.weight() != TestCase.Weight.HEAVY)
                .filter(testCase ->
                        taken.merge(new Alike(testCase.clause().id(), coverage.places(testCase)), 1, Integer::sum)
                                <= OF_EACH)
                .toList();
    }
}
