package io.wstck.tck.report;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** Puts a rendering into a file. Stateless. */
public final class RenderedFile {
    private RenderedFile() {}

    /**
     * Replaces {@code file} by the runs in that form.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(Renderer renderer, List<RecordedRun> runs, Path file) throws IOException {
        // Not a channel's stream, which closes when this thread is interrupted, as by a second Ctrl-C.
        try (OutputStream out = new BufferedOutputStream(new FileOutputStream(file.toFile()))) {
            renderer.render(runs, out);
        }
    }
}
