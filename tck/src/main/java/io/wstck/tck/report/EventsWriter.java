package io.wstck.tck.report;

import io.wstck.tck.cases.Shard;
import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunInfo;
import io.wstck.tck.run.RunListener;
import io.wstck.tck.run.RunSummary;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Writes the events file: {@code run-started}, one {@code case-finished} a case, {@code run-finished}, as a JSON object
 * a line. The file is replaced when the first case is finished, by the first two lines at once: a run that fails before leaves the file of
 * an earlier one. Each further line reaches the operating system in one write when its event happens, so a killed run leaves whole
 * lines and no footer.
 *
 * <p>Used by one thread at a time, as every {@link RunListener}; a file that can no longer be written ends the run with
 * an {@link UncheckedIOException}, since a run without its evidence is none.
 */
public final class EventsWriter implements RunListener, AutoCloseable {
    private final EventJson json = new EventJson();
    private final Path file;

    /** Whose reports and evidence are of an earlier run until the first case is finished. */
    private final Optional<ReportFolder> folder;

    private final String spec;
    private final Optional<Shard> shard;
    private final String command;
    private final InstantSource clock;
    private Optional<RunStarted> head = Optional.empty();

    /** Present from the first finished case on. */
    private Optional<OutputStream> out = Optional.empty();

    private EventsWriter(
            Path file,
            Optional<ReportFolder> folder,
            String spec,
            Optional<Shard> shard,
            String command,
            InstantSource clock) {
        this.file = file;
        this.folder = folder;
        this.spec = spec;
        this.shard = shard;
        this.command = command;
        this.clock = clock;
    }

    /**
     * A writer for a report folder, which it has not touched yet. When the first case is finished it makes the folder, and deletes the reports
     * and the evidence of an earlier run, which would otherwise stand beside the events of this one.
     *
     * @param spec which edition of the clauses the run is judged by
     * @param shard which part of a run it is, if it is not a whole one
     * @param command see {@link RunStarted}
     */
    public static EventsWriter in(
            ReportFolder folder, String spec, Optional<Shard> shard, String command, InstantSource clock) {
        return new EventsWriter(folder.events(), Optional.of(folder), spec, shard, command, clock);
    }

    /** A writer for a file alone, in a folder that is there, of a whole run without a command; see {@link #in}. */
    public static EventsWriter create(Path file, String spec, InstantSource clock) {
        return new EventsWriter(file, Optional.empty(), spec, Optional.empty(), "", clock);
    }

    /**
     * Writes a whole run at once, replacing the file.
     *
     * @throws EventsException if the run has no footer
     * @throws IOException if the file cannot be written; the old content then stays
     */
    public static void write(RecordedRun run, Path file) throws EventsException, IOException {
        RunFinished footer = run.footer();
        AtomicFile.replace(file, out -> write(run, footer, out));
    }

    /**
     * Writes a whole run at once, replacing the events of the folder; reports that were rendered from the earlier events are deleted.
     *
     * @throws EventsException if the run has no footer
     * @throws IOException if a file cannot be written; the old contents then stay
     */
    public static void write(RecordedRun run, ReportFolder folder) throws EventsException, IOException {
        RunFinished footer = run.footer();
        AtomicFile.replace(folder.events(), out -> {
            write(run, footer, out);
            out.flush();
            folder.discardRenderings();
        });
    }

    private static void write(RecordedRun run, RunFinished footer, OutputStream out) throws IOException {
        EventJson json = new EventJson();
        out.write(line(json, run.started()));
        for (CaseFinished result : run.cases()) {
            out.write(line(json, result));
        }
        out.write(line(json, footer));
    }

    @Override
    public void started(RunInfo info) {
        head = Optional.of(RunStarted.of(info, spec, clock.instant(), shard, command));
    }

    /**
     * The head of the file.
     *
     * @throws IllegalStateException before the run has started
     */
    public RunStarted head() {
        return head.orElseThrow(() -> new IllegalStateException("the run has not started"));
    }

    @Override
    public void finished(CaseResult result) {
        CaseFinished event = CaseFinished.of(result);
        try {
            if (out.isPresent()) {
                append(out.get(), event);
            } else {
                out = Optional.of(begin(event));
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private OutputStream begin(CaseFinished first) throws IOException {
        if (folder.isPresent()) {
            folder.get().create();
        }
        AtomicFile.replace(file, begun -> {
            begun.write(line(json, head()));
            begun.write(line(json, first));
            begun.flush();
            // From here on there is something to put in their place.
            if (folder.isPresent()) {
                folder.get().discardRenderings();
                folder.get().discardEvidence();
            }
        });
        // Not a channel's stream, which closes when the thread that writes is interrupted: then a run needs its footer
        // most.
        return new FileOutputStream(file.toFile(), true);
    }

    @Override
    public void ended(RunSummary summary) {
        try {
            if (out.isPresent()) {
                append(out.get(), RunFinished.of(summary));
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Whether the file is that of this run: a case was finished. */
    public boolean begun() {
        return out.isPresent();
    }

    @Override
    public void close() throws IOException {
        if (out.isPresent()) {
            out.get().close();
        }
    }

    private void append(OutputStream stream, RunEvent event) throws IOException {
        stream.write(line(json, event));
        stream.flush();
    }

    private static byte[] line(EventJson json, RunEvent event) {
        return (json.write(event) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private UncheckedIOException unwritable(IOException e) {
        return new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
}
