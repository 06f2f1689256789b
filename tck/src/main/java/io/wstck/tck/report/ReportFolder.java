package io.wstck.tck.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that a run's reports go to.
 *
 * @param path need not exist until {@link #create} is called
 */
public record ReportFolder(Path path) {

    /** The run itself, an event a line. */
    public Path events() {
        return path.resolve("events.ndjson");
    }

    /** What the run was judged by, where it was to be kept. */
    public Path evidence() {
        return path.resolve("evidence.ndjson.gz");
    }

    /** What a renderer makes of the run. */
    public Path of(Renderer renderer) {
        return path.resolve(renderer.fileName());
    }

    /**
     * Makes the folder, with its parents.
     *
     * @throws IOException with one sentence, if it cannot be made or written
     */
    public void create() throws IOException {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new IOException("expected a folder, or room for one, at " + path + ", found neither", e);
        }
        if (!Files.isWritable(path)) {
            throw new IOException("expected a folder that can be written at " + path + ", found a read-only one");
        }
    }
}
