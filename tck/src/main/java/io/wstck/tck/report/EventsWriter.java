package io.wstck.tck.report;

import io.wstck.tck.cases.Shard;
import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunInfo;
import io.wstck.tck.run.RunListener;
import io.wstck.tck.run.RunSummary;
import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

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
    private final Optional<Shard> shard;
    private final InstantSource clock;
    private final OutputStream out;

    private EventsWriter(Path file, String spec, Optional<Shard> shard, InstantSource clock, OutputStream out) {
        this.file = file;
        this.spec = spec;
        this.shard = shard;
        this.clock = clock;
        this.out = out;
    }

    /**
     * Opens the file, and empties it.
     *
     * @param spec which edition of the clauses the run is judged by
     * @param shard which part of a run it is, if it is not a whole one
     * @throws IOException if the file cannot be written
     */
    public static EventsWriter create(Path file, String spec, Optional<Shard> shard, InstantSource clock)
            throws IOException {
        // Not a channel's stream, which closes when the thread that writes is interrupted: then a run needs its footer
        // most.
        return new EventsWriter(file, spec, shard, clock, new FileOutputStream(file.toFile()));
    }

    /** As {@link #create(Path, String, Optional, InstantSource)}, for a whole run. */
    public static EventsWriter create(Path file, String spec, InstantSource clock) throws IOException {
        return create(file, spec, Optional.empty(), clock);
    }

    /**
     * Writes a whole run at once, replacing the file.
     *
     * @throws EventsException if the run has no footer
     * @throws IOException if the file cannot be written
     */
    public static void write(RecordedRun run, Path file) throws EventsException, IOException {
        RunFinished footer = run.footer();
        EventJson json = new EventJson();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(json.write(run.started()) + "\n");
            for (CaseFinished result : run.cases()) {
                out.write(json.write(result) + "\n");
            }
            out.write(json.write(footer) + "\n");
        }
    }

    @Override
    public void started(RunInfo info) {
        write(RunStarted.of(info, spec, clock.instant(), shard));
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
