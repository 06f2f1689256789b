package io.wstck.tck.mutation;

import io.wstck.tck.cases.TestCase;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The number of cases that are played before a mutant counts as survived. */
enum MutationEffort {
    /** All cases that reach the mutant. */
    WHOLE,
    /** No heavy cases, and only two cases of a clause that reach the same places. */
    QUICK;

    private static final int CASES_PER_GROUP = 2;

    private record CoverageKey(String clause, BitSet places) {}

    /** The cases to play, in order. */
    List<TestCase> of(List<TestCase> reaching, CaseCoverage coverage) {
        if (this == WHOLE) {
            return reaching;
        }
        Map<CoverageKey, Integer> taken = new HashMap<>();
        return reaching.stream()
                .filter(testCase -> testCase.weight() != TestCase.Weight.HEAVY)
                .filter(testCase ->
                        taken.merge(new CoverageKey(testCase.clause().id(), coverage.places(testCase)), 1, Integer::sum)
                                <= CASES_PER_GROUP)
                .toList();
    }
}
