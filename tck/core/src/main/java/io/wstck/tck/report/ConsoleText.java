package io.wstck.tck.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Formats a recorded run for the console, with the same words as {@link ConsoleReport}. */
public final class ConsoleText {
    private final ConsoleCase cases;
    private final ConsoleStyle style;
    private final String rerun;

    /**
     * Creates a formatter.
     *
     * @param rerun command line that runs one case again, without the case's id
     */
    public ConsoleText(ConsoleStyle style, String rerun) {
        this.style = style;
        this.rerun = rerun;
        this.cases = new ConsoleCase(style, rerun);
    }

    /**
     * The escaped lines for a whole run. Cases that are no findings come first. Then each cause has one example, and
     * the ids of its other cases. The list of causes is last.
     */
    public List<String> findings(List<CaseFinished> results) {
        List<CaseFinished> findings = results.stream()
                .filter(result -> style.detail() != ConsoleStyle.Detail.TRACE && ConsoleCauses.isPrinted(result))
                .toList();
        List<String> lines = new ArrayList<>();
        results.stream()
                .filter(result -> style.detail() == ConsoleStyle.Detail.TRACE || !ConsoleCauses.isPrinted(result))
                .forEach(result -> lines.addAll(cases.lines(result)));
        for (CauseFindings cause : CauseFindings.of(findings)) {
            CaseFinished example = cause.example();
            lines.addAll(cases.example(
                    example,
                    cause.ids().stream().filter(id -> !id.equals(example.id())).toList()));
        }
        ConsoleCauses causes = new ConsoleCauses(style, rerun);
        findings.forEach(causes::register);
        lines.addAll(causes.lines());
        return lines;
    }

    /** The end of the report: counts, reasons for skips, conclusion, and the report files. */
    public List<String> summary(List<CaseFinished> all, RunFinished end, List<Path> reports) {
        ConsoleSummary summary = new ConsoleSummary(style, reports);
        all.forEach(summary::add);
        return summary.lines(end);
    }
}
