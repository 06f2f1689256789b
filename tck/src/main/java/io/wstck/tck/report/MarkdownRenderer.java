package io.wstck.tck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code report.md}: a run for the summary page of a CI job. */
final class MarkdownRenderer implements Renderer {
    @Override
    public String format() {
        return "markdown";
    }

    @Override
    public String fileName() {
        return "report.md";
    }

    @Override
    public Room room() {
        return Room.ONE_RUN;
    }

    @Override
    public void render(List<RecordedRun> runs, OutputStream out) throws IOException {
        out.write(new MarkdownReport(runs.getFirst()).text().getBytes(StandardCharsets.UTF_8));
    }
}
