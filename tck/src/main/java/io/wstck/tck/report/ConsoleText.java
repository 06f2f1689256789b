package io.wstck.tck.report;

import java.nio.file.Path;
import java.util.List;

/** A recorded run as the console tells it, for whoever has its events at hand; the same words as those of {@link ConsoleReport}. */
public final class ConsoleText {
    private final ConsoleCase cases;
    private final Style style;

    /**
     * A rendering.
     *
     * @param rerun command line that plays one case again, without the case's id
     */
    public ConsoleText(Style style, String rerun) {
        this.style = style;
        this.cases = new ConsoleCase(style, rerun);
    }

    /** The lines for a case, escaped; none if there is nothing to tell. */
    public List<String> finding(CaseFinished result) {
        return cases.lines(result);
    }

    /** The end: counts, what was skipped and why, the conclusion, where the reports are. */
    public List<String> summary(List<CaseFinished> all, RunFinished end, List<Path> reports) {
        ConsoleSummary summary = new ConsoleSummary(style, reports);
        all.forEach(summary::add);
        return summary.lines(end);
    }
}
