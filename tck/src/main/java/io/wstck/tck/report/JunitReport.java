package io.wstck.tck.report;

import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunInfo;
import io.wstck.tck.run.RunListener;
import io.wstck.tck.run.RunSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Renders the events file as JUnit XML when the run has ended; comes after the {@link EventsWriter} of that file. What
 * an earlier run left is deleted first, so that a killed run leaves no report rather than a wrong one.
 */
public final class JunitReport implements RunListener {
    private final Path events;
    private final Path junit;

    public JunitReport(Path events, Path junit) {
        this.events = events;
        this.junit = junit;
    }

    @Override
    public void started(RunInfo info) {
        try {
            Files.deleteIfExists(junit);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot replace " + junit + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void finished(CaseResult result) {
        // The events file has it.
    }

    @Override
    public void ended(RunSummary summary) {
        try {
            RecordedRun run = EventsReader.read(events);
            run.footer();
            JunitXml.write(run, junit);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + junit + ": " + e.getMessage(), e);
        } catch (EventsException e) {
            throw new IllegalStateException("expected the events that this run wrote: " + e.getMessage(), e);
        }
    }
}
