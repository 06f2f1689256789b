package io.wstck.tck.prove;

import java.time.Duration;
import java.util.List;

/**
 * Whose cases notice a fault.
 *
 * @param others ids of cases of other clauses than the broken one that notice it; empty when its clause is alone with it, not
 *     complete otherwise
 */
public record ReachFinding(Fault fault, List<String> others, Duration duration) {

    public ReachFinding {
        others = List.copyOf(others);
    }

    /** Whether no case of another clause notices it. */
    public boolean alone() {
        return others.isEmpty();
    }

    /** Whether the fault says otherwise than what was found. */
    public boolean contradicts() {
        return fault.reach() == Fault.Reach.ITS_CLAUSE_ALONE && !alone();
    }
}
