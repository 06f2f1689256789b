package io.wstck.tck.prove;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.catalogue.Level;
import java.util.List;

/**
 * Tells which clauses the faults prove, according to the faults' declarations. Immutable.
 *
 * @param clauses the clauses that have cases, in the order of the specification
 */
public record FaultCoverage(List<Clause> clauses, List<Fault> faults) {

    public FaultCoverage {
        clauses = List.copyOf(clauses);
        faults = List.copyOf(faults);
    }

    /** The coverage of the clauses of these cases. */
    public static FaultCoverage of(List<TestCase> cases, List<Fault> faults) {
        return new FaultCoverage(cases.stream().map(TestCase::clause).distinct().toList(), faults);
    }

    /**
     * Clauses above level <em>may</em> that no fault breaks. A clause of a single profile is left out if it says why
     * the bundled client cannot have such a fault.
     */
    public List<Clause> clausesWithoutFault() {
        return clauses.stream()
                .filter(clause -> clause.level() != Level.MAY)
                .filter(clause ->
                        clause.profile().isEmpty() || clause.unprovable().isEmpty())
                .filter(clause ->
                        faults.stream().noneMatch(fault -> fault.breaks().contains(clause.id())))
                .toList();
    }

    /** Documented clauses without an exclusive fault, unless they give a reason why no fault can exist. */
    public List<Clause> clausesWithoutExclusiveFault() {
        return clauses.stream()
                .filter(clause ->
                        clause.level() == Level.MUST && clause.unprovable().isEmpty())
                .filter(clause -> faults.stream()
                        .noneMatch(fault -> fault.exclusivity() == Fault.Exclusivity.OWN_CLAUSE_ONLY
                                && fault.breaks().contains(clause.id())))
                .toList();
    }
}
