package io.wstck.tck.cli;

import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.prove.ExclusivityFinding;
import io.wstck.tck.prove.ExclusivityListener;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.FaultCoverage;
import io.wstck.tck.run.CaseResult;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * Prints for each fault whether only cases of its own clause notice it, as its declaration says. Then it prints the
 * clauses that no such fault proves.
 */
final class ExclusivityText implements ExclusivityListener {
    private final PrintStream out;

    ExclusivityText(PrintStream out) {
        this.out = out;
    }

    @Override
    public void baselinePlayed(int cases, List<CaseResult> failures, Duration duration) {
        print(ProofText.baselineLine(cases, failures, duration));
    }

    @Override
    public void judged(ExclusivityFinding finding) {
        String clause = finding.fault().breaks().getFirst();
        String result = finding.contradictsDeclaration()
                ? "DECLARED EXCLUSIVE, but also noticed by"
                : finding.exclusive() && finding.fault().exclusivity() == Fault.Exclusivity.ANY_CLAUSE
                        ? "noticed only by " + clause + ", but not declared exclusive"
                        : finding.exclusive() ? "noticed only by " + clause : "not only noticed by " + clause;
        print(finding.fault().id() + ": " + result
                + (finding.exclusive() ? "" : ": " + String.join(", ", finding.others())) + " ("
                + ProofText.seconds(finding.duration()) + ")");
    }

    void summary(List<ExclusivityFinding> findings, FaultCoverage coverage) {
        long exclusive = findings.stream().filter(ExclusivityFinding::exclusive).count();
        long wrong = findings.stream()
                .filter(ExclusivityFinding::contradictsDeclaration)
                .count();
        print(findings.size() + " faults: " + exclusive + " noticed only by their own clause, " + wrong
                + " wrongly declared exclusive");
        missing(out, coverage);
    }

    /** Prints the clauses that the faults leave unproven, according to the faults' declarations. */
    static void missing(PrintStream out, FaultCoverage coverage) {
        print(out, "clauses with cases but without a fault", coverage.clausesWithoutFault());
        print(
                out,
                "documented clauses without an exclusive fault, or a reason why none can exist",
                coverage.clausesWithoutExclusiveFault());
        out.flush();
    }

    private static void print(PrintStream out, String what, List<Clause> clauses) {
        out.println(what + ": " + clauses.size());
        clauses.forEach(
                clause -> out.println("  " + clause.id() + " (" + clause.level().word() + ")"));
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }
}
