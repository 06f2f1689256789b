package io.wstck.tck.report;

import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunInfo;
import io.wstck.tck.run.RunListener;
import io.wstck.tck.run.RunSummary;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Writes the events file: {@code run-started}, one {@code case-finished} a case, {@code run-finished}, as a JSON object
 * a line. Each line reaches the operating system in one write when its event happens, so a killed run leaves whole
 * lines and no footer.
 *
 * <p>Used by one thread at a time, as every {@link RunListener}; a file that can no longer be written ends the run with
 * an {@link UncheckedIOException}, since a run without its evidence is none.
 */
public final class EventsWriter implements RunListener, AutoCloseable {
    private final EventJson json = new EventJson();
    private final Path file;
    private final String spec;
    private final InstantSource clock;
    private final OutputStream out;

    private EventsWriter(Path file, String spec, InstantSource clock, OutputStream out) {
        this.file = file;
        this.spec = spec;
        this.clock = clock;
        this.out = out;
    }

    /**
     * Opens the file, and empties it.
     *
     * @param spec which edition of the clauses the run is judged by
     * @throws IOException if the file cannot be written
     */
    public static EventsWriter create(Path file, String spec, InstantSource clock) throws IOException {
        return new EventsWriter(file, spec, clock, Files.newOutputStream(file));
    }

    @Override
    public void started(RunInfo info) {
        write(RunStarted.of(info, spec, clock.instant()));
    }

    @Override
    public void finished(CaseResult result) {
        write(CaseFinished.of(result));
    }

    @Override
    public void ended(RunSummary summary) {
        write(RunFinished.of(summary));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Writes one event; the order is the caller's, see above. */
    public void write(RunEvent event) {
        byte[] line = (json.write(event) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            out.write(line);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
