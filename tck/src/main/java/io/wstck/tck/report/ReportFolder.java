package io.wstck.tck.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that a run's reports go to. Files of other names in it are never touched.
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

    /** What all renderers make of the run. */
    public List<Path> renderings() {
        return Renderers.all().stream().map(this::of).toList();
    }

    /**
     * Looks whether a run can write its files here, and changes nothing.
     *
     * @throws IOException with one sentence, if it cannot
     */
    public void requireRoom() throws IOException {
        Path nearest = path.toAbsolutePath();
        while (Files.notExists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest)) {
            throw new IOException("expected a folder, or room for one, at " + path + ", found neither");
        }
        requireWritable(nearest);
        List<Path> files = Stream.concat(Stream.of(events(), evidence()), renderings().stream())
                .toList();
        for (Path file : files) {
            if (Files.exists(file) && !(Files.isRegularFile(file) && Files.isWritable(file))) {
                throw new IOException("expected a file that can be written at " + file + ", found another");
            }
        }
    }

    private void requireWritable(Path folder) throws IOException {
        if (!Files.isWritable(folder)) {
            throw new IOException("expected a folder that can be written at " + path + ", found a read-only one");
        }
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
        requireWritable(path);
    }

    /**
     * Deletes what was rendered from earlier events; the command {@code report} renders it again.
     *
     * @throws IOException if a file cannot be deleted
     */
    public void discardRenderings() throws IOException {
        for (Path file : renderings()) {
            delete(file);
        }
    }

    /**
     * Deletes the evidence of an earlier run.
     *
     * @throws IOException if it cannot be deleted
     */
    public void discardEvidence() throws IOException {
        delete(evidence());
    }

    private static void delete(Path file) throws IOException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new IOException("cannot replace " + file + ": " + e.getMessage(), e);
        }
    }
}
