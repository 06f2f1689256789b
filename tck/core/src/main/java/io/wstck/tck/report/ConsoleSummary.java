package io.wstck.tck.report;

import io.wstck.tck.judge.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The end of a console report: counts, reasons for skips, conclusion, and the report files. */
final class ConsoleSummary {
    private final ConsoleStyle style;
    private final List<Path> reports;
    private final Map<String, Integer> skipped = new TreeMap<>();

    ConsoleSummary(ConsoleStyle style, List<Path> reports) {
        this.style = style;
        this.reports = List.copyOf(reports);
    }

    void add(CaseFinished result) {
        if (result.verdict() == Verdict.SKIPPED) {
            skipped.merge(result.judgement().reason(), 1, Integer::sum);
        }
    }

    List<String> lines(RunFinished run) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(run.cases() + (run.cases() == 1 ? " case in " : " cases in ") + ConsoleReport.duration(run.duration())
                + ": " + counts(run));
        skipped.forEach((reason, count) -> lines.add("  " + count + " skipped: " + EscapedText.line(reason)));
        if (!run.unstable().isEmpty()) {
            lines.add("unstable, with different verdicts in different attempts: "
                    + EscapedText.line(String.join(", ", run.unstable())));
        }
        if (!run.outdated().isEmpty()) {
            lines.add("these listed cases did not fail, so remove them from the list: "
                    + EscapedText.line(String.join(", ", run.outdated())));
        }
        lines.addAll(ContractText.lines(run.contracts()));
        lines.add(
                run.binding() == 0
                        ? "no binding case was played: conformance was not judged"
                        : run.judged() + " of " + run.binding() + " binding cases judged");
        run.remarks().forEach(remark -> lines.add(EscapedText.line(remark)));
        conclusion(run).ifPresent(lines::add);
        // Reports are only written after the first finished case.
        if (!reports.isEmpty() && run.cases() > 0) {
            lines.add("reports: " + reports.stream().map(Path::toString).collect(Collectors.joining(", ")));
        }
        return lines;
    }

    private String counts(RunFinished run) {
        return run.verdicts().entrySet().stream()
                .map(entry -> count(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private String count(Verdict verdict, int count) {
        String text = count + " " + verdict.phrase();
        return count == 0 ? text : style.paint(verdict, text);
    }

    private Optional<String> conclusion(RunFinished run) {
        return switch (run.conclusion()) {
            case CONFORMANT -> Optional.of(style.paint(Verdict.PASSED, "conformant"));
            case NOT_CONFORMANT -> Optional.of(style.paint(Verdict.FAILED, "not conformant"));
            case KNOWN_DEVIATIONS -> {
                int known = run.verdicts().get(Verdict.KNOWN);
                yield Optional.of(style.paint(
                        Verdict.KNOWN,
                        "conformant but for " + known + (known == 1 ? " known deviation" : " known deviations")));
            }
            case LIST_OUTDATED ->
                Optional.of(style.paint(
                        Verdict.FAILED,
                        "the list of known deviations is out of date: "
                                + run.outdated().size() + " of them did not fail"));
            case NOT_JUDGED -> Optional.of(style.paint(Verdict.INCONCLUSIVE, "not judged"));
            case INTERRUPTED -> {
                String how = run.early().isPresent() ? "ended early" : "interrupted";
                yield Optional.of(style.paint(Verdict.INCONCLUSIVE, how + ": cases that had not run are not judged"));
            }
            case NOTHING_BINDING -> Optional.empty();
        };
    }
}
