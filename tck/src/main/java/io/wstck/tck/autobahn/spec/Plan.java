package io.wstck.tck.autobahn.spec;

import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.CaseId;
import java.util.List;

/**
 * The cases that are served.
 *
 * @param cases in the order of their numbers: their places, from 1, are what drivers call them
 * @param excluded pairs of agents and cases that are not played
 */
public record Plan(List<AutobahnCase> cases, List<AgentExclusion> excluded) {
    public Plan {
        cases = List.copyOf(cases);
        excluded = List.copyOf(excluded);
    }

    /**
     * Cases that some agents are not played.
     *
     * @param agent a pattern; {@code *} stands for anything
     * @param cases patterns of case ids
     */
    public record AgentExclusion(String agent, List<String> cases) {
        public AgentExclusion {
            cases = List.copyOf(cases);
        }
    }

    /** Whether {@code agent} is not played that case. */
    public boolean excludes(String agent, CaseId id) {
        return excluded.stream()
                .anyMatch(one -> Wildcard.matches(one.agent(), agent)
                        && one.cases().stream().anyMatch(id::matches));
    }

    /** The cases that {@code agent} is played. */
    public List<AutobahnCase> casesOf(String agent) {
        return cases.stream().filter(one -> !excludes(agent, one.id())).toList();
    }

    /** The place of a case, from 1. */
    public int placeOf(AutobahnCase one) {
        return cases.indexOf(one) + 1;
    }
}
