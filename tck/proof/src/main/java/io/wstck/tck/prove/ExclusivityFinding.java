package io.wstck.tck.prove;

import java.time.Duration;
import java.util.List;

/**
 * Tells whether cases of other clauses than the broken one notice a fault.
 *
 * @param others ids of cases of other clauses that notice it; not complete, because the search stops early
 */
public record ExclusivityFinding(Fault fault, List<String> others, Duration duration) {

    public ExclusivityFinding {
        others = List.copyOf(others);
    }

    /** Whether no case of another clause notices it. */
    public boolean exclusive() {
        return others.isEmpty();
    }

    /** Whether the fault is declared exclusive and is not. */
    public boolean contradictsDeclaration() {
        return fault.exclusivity() == Fault.Exclusivity.OWN_CLAUSE_ONLY && !exclusive();
    }
}
