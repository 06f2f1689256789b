package io.wstck.tck.report;

import java.nio.file.Path;
import java.util.List;

/** Formats a recorded run for the console, with the same words as {@link ConsoleReport}. */
public final class ConsoleText {
    private final ConsoleCase cases;
    private final ConsoleStyle style;

    /**
     * Creates a formatter.
     *
     * @param rerun command line that runs one case again, without the case's id
     */
    public ConsoleText(ConsoleStyle style, String rerun) {
        this.style = style;
        this.cases = new ConsoleCase(style, rerun);
    }

    /** The escaped lines for a case; empty if there is nothing to print. */
    public List<String> finding(CaseFinished result) {
        return cases.lines(result);
    }

    /** The end of the report: counts, reasons for skips, conclusion, and the report files. */
    public List<String> summary(List<CaseFinished> all, RunFinished end, List<Path> reports) {
        ConsoleSummary summary = new ConsoleSummary(style, reports);
        all.forEach(summary::add);
        return summary.lines(end);
    }
}
