package io.wstck.tck.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Puts a rendering into a file. Stateless. */
public final class RenderedFile {
    private RenderedFile() {}

    /**
     * Replaces {@code file} by the runs in that form, at once.
     *
     * @throws IOException if it cannot be written; the old content then stays
     */
    public static void write(Renderer renderer, List<RecordedRun> runs, Path file) throws IOException {
        AtomicFile.replace(file, out -> renderer.render(runs, out));
    }
}
