package io.wstck.tck.autobahn.spec;

import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.CaseId;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The Autobahn cases that a fuzzing server serves, and which of them it leaves out for which agents.
 *
 * @param cases the cases ordered by number; drivers name them by their positions, from 1
 * @param excluded agents and the cases that are not played with them
 */
public record AutobahnPlan(List<AutobahnCase> cases, List<AgentExclusion> excluded) {
    public AutobahnPlan {
        cases = List.copyOf(cases);
        excluded = List.copyOf(excluded);
    }

    /**
     * Cases that are not played with some agents.
     *
     * @param agent a pattern of names, in which {@code *} matches any text
     * @param cases patterns of case ids
     */
    public record AgentExclusion(String agent, List<String> cases) {
        public AgentExclusion {
            cases = List.copyOf(cases);
        }

        /** The patterns that match no case. */
        public List<String> unmatched(AutobahnCorpus corpus) {
            return AutobahnPatterns.unmatched(cases, corpus);
        }
    }

    /** Whether the case is not played with {@code agent}. */
    public boolean excludes(String agent, CaseId id) {
        return excluded.stream()
                .anyMatch(exclusion -> matches(exclusion.agent(), agent)
                        && exclusion.cases().stream().anyMatch(id::matches));
    }

    /** Whether the pattern, in which {@code *} stands for any text, matches the name. */
    private static boolean matches(String pattern, String name) {
        String expression =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(expression, Pattern.DOTALL).matcher(name).matches();
    }

    /** The cases that are played with {@code agent}. */
    public List<AutobahnCase> casesOf(String agent) {
        return cases.stream()
                .filter(testCase -> !excludes(agent, testCase.id()))
                .toList();
    }

    /** The position of a case, from 1. */
    public int positionOf(AutobahnCase testCase) {
        return cases.indexOf(testCase) + 1;
    }
}
