package io.wstck.tck.report;

import io.wstck.tck.cases.Position;
import io.wstck.tck.cases.Shard;
import io.wstck.tck.cases.TestCase;
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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the events file as JSON lines: {@code run-started}, one {@code case-finished} per case, {@code run-finished}.
 * The file is replaced when the first case finishes, so a run that fails earlier keeps the old one. Each line reaches
 * the operating system in one write, so a killed run leaves whole lines and no footer.
 *
 * <p>For one thread at a time, like every {@link RunListener}. If the file cannot be written, the run ends with an
 * {@link UncheckedIOException}, because a run without its events is useless.
 */
public final class EventsWriter implements RunListener, AutoCloseable {
    private final EventJson json = new EventJson();
    private final Path file;

    /** The folder whose old reports and evidence are deleted when the first case finishes. */
    private final Optional<ReportFolder> folder;

    private final String spec;
    private final Optional<Shard> shard;
    private final String command;
    private final InstantSource clock;
    /** The Lua texts of the finished cases. Many cases share one, and all rounds of a case do. */
    private final Map<Position, String> scripts = new HashMap<>();

    private Optional<RunStarted> head = Optional.empty();

    /** Present after the first finished case. */
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
     * Creates a writer for a report folder, and touches no file. When the first case finishes, the writer creates the
     * folder and deletes the reports and evidence of an earlier run.
     *
     * @param spec edition of the clauses
     * @param shard the part of a run; empty for a whole run
     * @param command see {@link RunStarted}
     */
    public static EventsWriter in(
            ReportFolder folder, String spec, Optional<Shard> shard, String command, InstantSource clock) {
        return new EventsWriter(folder.events(), Optional.of(folder), spec, shard, command, clock);
    }

    /** Creates a writer for a single file in an existing folder, for a whole run without a command; see {@link #in}. */
    public static EventsWriter create(Path file, String spec, InstantSource clock) {
        return new EventsWriter(file, Optional.empty(), spec, Optional.empty(), "", clock);
    }

    /**
     * Writes a whole run, and replaces the file.
     *
     * @throws EventsException if the run has no footer
     * @throws IOException if the file cannot be written; the old content then stays
     */
    public static void write(RecordedRun run, Path file) throws EventsException, IOException {
        RunFinished footer = run.footer();
        AtomicFile.replace(file, out -> write(run, footer, out));
    }

    /**
     * Writes a whole run to a stream, which stays open.
     *
     * @throws EventsException if the run has no footer
     * @throws IOException if the stream cannot be written
     */
    public static void write(RecordedRun run, OutputStream out) throws EventsException, IOException {
        write(run, run.footer(), out);
    }

    /**
     * Writes a whole run, and replaces the events of the folder. Deletes the reports of the old events.
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
     * @throws IllegalStateException if the run has not started
     */
    public RunStarted head() {
        return head.orElseThrow(() -> new IllegalStateException("the run has not started"));
    }

    @Override
    public void finished(CaseResult result) {
        TestCase testCase = result.testCase();
        CaseFinished event = CaseFinished.of(
                result, scripts.computeIfAbsent(testCase.position(), _ -> CaseFinished.script(testCase)));
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
            // The new events are written, so the old files can go.
            if (folder.isPresent()) {
                folder.get().discardRenderings();
                folder.get().discardEvidence();
            }
        });
        // Not a channel's stream: that closes when the writing thread is interrupted, and an interrupted run still
        // needs a footer.
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

    /** Whether the file already belongs to this run: a case has finished. */
    public boolean hasEvents() {
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
