package io.wstck.tck.cli;

import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.prove.Coverage;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.ReachFinding;
import io.wstck.tck.prove.ReachListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Prints line by line whose cases notice the faults. */
final class ReachText implements ReachListener {
    private final PrintStream out;

    ReachText(PrintStream out) {
        this.out = out;
    }

    @Override
    public void controlled(int cases, List<String> failures, Duration duration) {
        print(ProofText.control(cases, failures, duration));
    }

    @Override
    public void judged(ReachFinding finding) {
        String clause = finding.fault().breaks().getFirst();
        String said = finding.contradicts()
                ? "NOTICED BY OTHERS"
                : finding.alone() && finding.fault().reach() == Fault.Reach.ANY
                        ? "noticed by no other clause than " + clause + ", which it could say of itself"
                        : finding.alone()
                                ? "noticed by no other clause than " + clause
                                : "noticed by others than " + clause;
        print(finding.fault().id() + ": " + said
                + (finding.alone() ? "" : ": " + String.join(", ", finding.others())) + " ("
                + ProofText.seconds(finding.duration()) + ")");
    }

    void summary(List<ReachFinding> findings, Coverage coverage) {
        long alone = findings.stream().filter(ReachFinding::alone).count();
        long wrong = findings.stream().filter(ReachFinding::contradicts).count();
        print(findings.size() + " faults: " + alone + " noticed by no other clause than their own, " + wrong
                + " that say so and are");
        missing(out, coverage);
    }

    /** What the faults leave open, going by what they say of themselves. */
    static void missing(PrintStream out, Coverage coverage) {
        print(out, "clauses with cases that no fault breaks", coverage.unbroken());
        print(
                out,
                "documented clauses without a fault that only their cases notice, or a reason why none can exist",
                coverage.withoutFaultOfTheirOwn());
        out.flush();
    }

    private static void print(PrintStream out, String what, List<Clause> clauses) {
        out.println(what + ": " + clauses.size());
        clauses.forEach(clause -> out.println("  " + clause.id() + " (" + clause.level().word() + ")"));
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }
}
