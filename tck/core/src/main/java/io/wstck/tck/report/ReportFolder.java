package io.wstck.tck.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder for the reports of a run: names its files, and checks that they can be written. Only the files named here
 * are touched.
 *
 * @param path need not exist until {@link #create} is called
 */
public record ReportFolder(Path path) {

    /** The events of the run, one per line. */
    public Path events() {
        return path.resolve("events.ndjson");
    }

    /** The evidence of the run, if it is kept. */
    public Path evidence() {
        return path.resolve("evidence.ndjson.gz");
    }

    /** The report in a format. */
    public Path of(Renderer renderer) {
        return path.resolve(renderer.fileName());
    }

    /** The reports in all formats. */
    public List<Path> renderings() {
        return Renderer.all().stream().map(this::of).toList();
    }

    /**
     * Checks whether a run can write its files here; changes nothing.
     *
     * @throws IOException if it cannot, with one sentence
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
     * Creates the folder and its parents.
     *
     * @throws IOException if it cannot be created or written, with one sentence
     */
    public void create() throws IOException {
        try {
            Files.createDirectories(path);
        } catch (AccessDeniedException e) {
            throw new IOException(
                    "expected a folder that this user may create at " + path + ", found no permission for "
                            + e.getFile(),
                    e);
        } catch (IOException e) {
            throw new IOException("expected a folder, or room for one, at " + path + ", found neither", e);
        }
        requireWritable(path);
    }

    /**
     * Deletes the reports of earlier events. The command {@code report} can render them again.
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
