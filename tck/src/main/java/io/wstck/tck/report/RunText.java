package io.wstck.tck.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A recorded run as the console tells of one that has just ended. Stateless. */
public final class RunText {
    private RunText() {}

    /**
     * The lines, escaped.
     *
     * @param reports files to point at
     * @throws EventsException if the run has no footer
     */
    public static List<String> summary(RecordedRun run, Style style, List<Path> reports) throws EventsException {
        ConsoleSummary summary = new ConsoleSummary(style, reports);
        run.cases().forEach(summary::add);
        List<String> lines = new ArrayList<>();
        lines.add(Printable.line("wstck " + run.started().kit() + " · "
                + run.started().implementation() + " · " + run.started().platform()));
        lines.addAll(summary.lines(run.footer()));
        return lines;
    }
}
