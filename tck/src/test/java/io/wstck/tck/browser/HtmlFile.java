package io.wstck.tck.browser;

import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.RenderedFile;
import io.wstck.tck.report.Renderers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A report for a browser to open. */
final class HtmlFile {
    private HtmlFile() {}

    static void write(Path file, RecordedRun... runs) throws IOException {
        RenderedFile.write(Renderers.of("html").orElseThrow(), List.of(runs), file);
    }
}
