package io.wstck.tck.cli;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.prove.Coverage;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.Finding;
import io.wstck.tck.prove.NullClient;
import io.wstck.tck.prove.NullFinding;
import io.wstck.tck.prove.ProofListener;
import io.wstck.tck.prove.ProofReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Prints a proof line by line. */
final class ProofText implements ProofListener {
    private final PrintStream out;

    ProofText(PrintStream out) {
        this.out = out;
    }

    @Override
    public void controlled(int cases, List<String> failures, Duration duration) {
        print(control(cases, failures, duration));
    }

    static String control(int cases, List<String> failures, Duration duration) {
        return "control: " + cases + " cases played without a fault in " + seconds(duration)
                + (failures.isEmpty() ? "" : "; these do not pass: " + String.join(", ", failures));
    }

    @Override
    public void judged(Finding finding) {
        String id = finding.fault().id();
        print(
                switch (finding) {
                    case Finding.Caught caught ->
                        id + ": caught by " + count(caught.cases()) + ": " + String.join(", ", caught.cases())
                                + (caught.isScattered()
                                        ? "; TOLD AS " + caught.causes().size() + " CAUSES, at most "
                                                + Finding.Caught.MOST_CAUSES + " are expected: "
                                                + String.join(", ", caught.causes())
                                        : "");
                    case Finding.Survivor survivor -> id + ": SURVIVOR, " + text(survivor);
                    case Finding.NotPlayable skipped ->
                        id + ": NOT PLAYABLE, on this machine these cases are skipped: "
                                + String.join(", ", skipped.cases());
                    case Finding.Unproven unproven ->
                        id + ": UNPROVEN, these cases do not pass without it, or could not be judged with it: "
                                + String.join(", ", unproven.cases());
                });
    }

    @Override
    public void judged(NullFinding finding) {
        String id = finding.client().id();
        print(
                finding.passed().isEmpty()
                        ? id + ": passes none of " + finding.played() + " cases"
                        : id + ": PASSES " + count(finding.passed()) + ": " + String.join(", ", finding.passed()));
    }

    void summary(ProofReport report) {
        long caught = report.findings().stream()
                .filter(Finding.Caught.class::isInstance)
                .count();
        long survivors = report.findings().stream()
                .filter(Finding.Survivor.class::isInstance)
                .count();
        long notPlayable = report.findings().stream()
                .filter(Finding.NotPlayable.class::isInstance)
                .count();
        long passed = report.nullFindings().stream()
                .mapToLong(finding -> finding.passed().size())
                .sum();
        int faults = report.findings().size();
        print(faults + (faults == 1 ? " fault in " : " faults in ") + seconds(report.duration()) + ": " + caught
                + " caught, "
                + survivors
                + " survivors, " + (faults - caught - survivors - notPlayable) + " unproven; "
                + (notPlayable == 0 ? "" : notPlayable + " not playable on this machine; ") + passed
                + " cases passed by " + report.nullFindings().size() + " null clients; "
                + report.scattered().size() + " told as more than " + Finding.Caught.MOST_CAUSES + " causes");
    }

    void list(List<Fault> faults, List<NullClient> nullClients, List<TestCase> cases) {
        faults.forEach(fault -> print(fault.id() + ": " + fault.statement() + "; breaks "
                + String.join(", ", fault.breaks()) + (fault.reach() == Fault.Reach.ITS_CLAUSE_ALONE ? " alone" : "")));
        nullClients.forEach(client -> print(client.id() + ": " + client.statement()));
        print(faults.size() + " faults");
        ReachText.missing(out, Coverage.of(cases, faults));
    }

    private static String text(Finding.Survivor survivor) {
        return survivor.fault().statement() + ", and no case of " + String.join(", ", survivor.clauses()) + " notices"
                + (survivor.cases().isEmpty() ? "" : "; others do: " + String.join(", ", survivor.cases()));
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }

    private static String count(List<String> cases) {
        return cases.size() + (cases.size() == 1 ? " case" : " cases");
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }
}
