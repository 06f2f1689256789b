package io.wstck.tck.report;

import io.wstck.tck.judge.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The end of a console report: counts, what was skipped and why, the conclusion, where the reports are. */
final class ConsoleSummary {
    private final Style style;
    private final List<Path> reports;
    private final Map<String, Integer> skipped = new TreeMap<>();

    ConsoleSummary(Style style, List<Path> reports) {
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
        skipped.forEach((reason, count) -> lines.add("  " + count + " skipped: " + Printable.line(reason)));
        if (!run.unstable().isEmpty()) {
            lines.add("unstable: " + Printable.line(String.join(", ", run.unstable())));
        }
        if (!run.outdated().isEmpty()) {
            lines.add("listed as known but did not fail, remove from the list: "
                    + Printable.line(String.join(", ", run.outdated())));
        }
        lines.addAll(ContractText.lines(run.contracts()));
        lines.add(
                run.binding() == 0
                        ? "no binding case was played: conformance was not judged"
                        : run.judged() + " of " + run.binding() + " binding cases judged");
        run.remarks().forEach(remark -> lines.add(Printable.line(remark)));
        conclusion(run).ifPresent(lines::add);
        // Without a finished case nothing was written.
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
        String text = count + " " + verdict.name().toLowerCase(Locale.ROOT);
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
                yield Optional.of(
                        style.paint(Verdict.INCONCLUSIVE, how + ": what was not played by then is not judged"));
            }
            case NOTHING_BINDING -> Optional.empty();
        };
    }
}
