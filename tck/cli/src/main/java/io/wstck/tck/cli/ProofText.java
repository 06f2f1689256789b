package io.wstck.tck.cli;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.FaultCoverage;
import io.wstck.tck.prove.FaultFinding;
import io.wstck.tck.prove.NullClient;
import io.wstck.tck.prove.NullClientFinding;
import io.wstck.tck.prove.ProofListener;
import io.wstck.tck.prove.ProofReport;
import io.wstck.tck.run.CaseResult;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints a proof line by line. */
final class ProofText implements ProofListener {
    private final PrintStream out;

    ProofText(PrintStream out) {
        this.out = out;
    }

    @Override
    public void baselinePlayed(int cases, List<CaseResult> failures, Duration duration) {
        print(baselineLine(cases, failures, duration));
    }

    static String baselineLine(int cases, List<CaseResult> failures, Duration duration) {
        return "control: " + cases + " cases played without a fault in " + seconds(duration)
                + (failures.isEmpty() ? "" : "; these do not pass: " + reasons(failures));
    }

    @Override
    public void judged(FaultFinding finding) {
        String id = finding.fault().id();
        print(
                switch (finding) {
                    case FaultFinding.Caught caught ->
                        id + ": caught by " + count(caught.cases()) + ": " + String.join(", ", caught.cases())
                                + (caught.hasTooManyCauses()
                                        ? "; TOLD AS " + caught.causes().size() + " CAUSES, at most "
                                                + FaultFinding.Caught.MAX_CAUSES + " are expected: "
                                                + reasons(caught.causes())
                                        : "");
                    case FaultFinding.Survivor survivor -> id + ": SURVIVOR, " + text(survivor);
                    case FaultFinding.NotPlayable skipped ->
                        id + ": NOT PLAYABLE; this machine cannot play these cases: "
                                + String.join(", ", skipped.cases());
                    case FaultFinding.Unproven unproven ->
                        id + ": UNPROVEN" + reasons(", does not pass without it: ", unproven.failing())
                                + reasons(", could not be judged with it: ", unproven.inconclusive());
                });
    }

    @Override
    public void judged(NullClientFinding finding) {
        String id = finding.client().id();
        print(
                finding.passed().isEmpty()
                        ? id + ": passes none of " + finding.played() + " cases"
                        : id + ": PASSES " + count(finding.passed()) + ": " + String.join(", ", finding.passed()));
    }

    void summary(ProofReport report) {
        long caught = report.findings().stream()
                .filter(FaultFinding.Caught.class::isInstance)
                .count();
        long survivors = report.findings().stream()
                .filter(FaultFinding.Survivor.class::isInstance)
                .count();
        long notPlayable = report.findings().stream()
                .filter(FaultFinding.NotPlayable.class::isInstance)
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
                + report.faultsWithTooManyCauses().size() + " told as more than " + FaultFinding.Caught.MAX_CAUSES
                + " causes");
    }

    void list(List<Fault> faults, List<NullClient> nullClients, List<TestCase> cases) {
        faults.forEach(
                fault -> print(fault.id() + ": " + fault.statement() + "; breaks " + String.join(", ", fault.breaks())
                        + (fault.exclusivity() == Fault.Exclusivity.OWN_CLAUSE_ONLY ? " (exclusive)" : "")));
        nullClients.forEach(client -> print(client.id() + ": " + client.statement()));
        print(faults.size() + " faults");
        ExclusivityText.missing(out, FaultCoverage.of(cases, faults));
    }

    private static String reasons(String title, List<CaseResult> results) {
        return results.isEmpty() ? "" : title + reasons(results);
    }

    private static String reasons(List<CaseResult> results) {
        return results.stream()
                .map(result ->
                        result.testCase().id() + " (" + result.judgement().sentence() + ")")
                .collect(Collectors.joining(", "));
    }

    private static String text(FaultFinding.Survivor survivor) {
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
