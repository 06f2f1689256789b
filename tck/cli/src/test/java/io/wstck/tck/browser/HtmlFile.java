package io.wstck.tck.browser;

import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.RenderedFile;
import io.wstck.tck.report.Renderer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes a report for a browser. */
final class HtmlFile {
    private HtmlFile() {}

    static void write(Path file, RecordedRun... runs) throws IOException {
        RenderedFile.write(Renderer.of("html").orElseThrow(), List.of(runs), file);
    }
}
