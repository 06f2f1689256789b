package io.wstck.tck.prove;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.catalogue.Level;
import java.util.List;

/**
 * Which clauses the kept faults prove, going by what the faults say of themselves. Immutable.
 *
 * @param clauses those that have cases, in the order of the specification
 */
public record Coverage(List<Clause> clauses, List<Fault> faults) {

    public Coverage {
        clauses = List.copyOf(clauses);
        faults = List.copyOf(faults);
    }

    /** The coverage of the clauses of these cases. */
    public static Coverage of(List<TestCase> cases, List<Fault> faults) {
        return new Coverage(cases.stream().map(TestCase::clause).distinct().toList(), faults);
    }

    /**
     * Clauses that may be missed (not <em>may</em>) and that no fault breaks. Clauses of a single profile may say instead why the bundled
     * client cannot be given such a fault.
     */
    public List<Clause> unbroken() {
        return clauses.stream()
                .filter(clause -> clause.level() != Level.MAY)
                .filter(clause ->
                        clause.profile().isEmpty() || clause.unprovable().isEmpty())
                .filter(clause ->
                        faults.stream().noneMatch(fault -> fault.breaks().contains(clause.id())))
                .toList();
    }

    /** Documented clauses for which there is neither a fault that only their cases notice nor a reason why none can exist. */
    public List<Clause> withoutFaultOfTheirOwn() {
        return clauses.stream()
                .filter(clause ->
                        clause.level() == Level.MUST && clause.unprovable().isEmpty())
                .filter(clause -> faults.stream()
                        .noneMatch(fault -> fault.reach() == Fault.Reach.ITS_CLAUSE_ALONE
                                && fault.breaks().contains(clause.id())))
                .toList();
    }
}
