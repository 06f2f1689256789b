package io.wstck.tck.report;

import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunInfo;
import io.wstck.tck.run.RunListener;
import io.wstck.tck.run.RunSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Renders the events file in every form when the run has ended; comes after the {@link EventsWriter} of that file. A run without a finished
 * case has no events, and is not rendered.
 */
public final class RenderedReports implements RunListener {
    private final ReportFolder folder;
    private final List<Renderer> renderers;
    private boolean hasEvents;

    public RenderedReports(ReportFolder folder, List<Renderer> renderers) {
        this.folder = folder;
        this.renderers = List.copyOf(renderers);
    }

    @Override
    public void started(RunInfo info) {
        // Reports of an earlier run are deleted with its events.
    }

    @Override
    public void finished(CaseResult result) {
        hasEvents = true;
    }

    @Override
    public void ended(RunSummary summary) {
        if (hasEvents) {
            render();
        }
    }

    /** Renders the events file that is in the folder, which is whole. */
    public void render() {
        RecordedRun run = recorded();
        for (Renderer renderer : renderers) {
            Path file = folder.of(renderer);
            try {
                RenderedFile.write(renderer, List.of(run), file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
            }
        }
    }

    private RecordedRun recorded() {
        try {
            RecordedRun run = EventsReader.read(folder.events());
            run.footer();
            return run;
        } catch (EventsException e) {
            throw new IllegalStateException("expected whole events in " + folder.events() + ": " + e.getMessage(), e);
        }
    }
}
