package io.wstck.tck.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Renders recorded runs in one format, and replaces a file by the result. Stateless. */
public final class RenderedFile {
    private RenderedFile() {}

    /**
     * Replaces {@code file} atomically by a rendering of the runs.
     *
     * @throws IOException if it cannot be written; the old content then stays
     */
    public static void write(Renderer renderer, List<RecordedRun> runs, Path file) throws IOException {
        AtomicFile.replace(file, out -> renderer.render(runs, out));
    }
}
