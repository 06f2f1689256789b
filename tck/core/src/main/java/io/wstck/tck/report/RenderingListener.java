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
 * Renders the events file in all formats when the run has ended. It must come after the {@link EventsWriter} among the
 * listeners. A run without a finished case has no events, and is not rendered.
 */
public final class RenderingListener implements RunListener {
    private final ReportFolder folder;
    private final List<Renderer> renderers;
    private boolean hasEvents;

    public RenderingListener(ReportFolder folder, List<Renderer> renderers) {
        this.folder = folder;
        this.renderers = List.copyOf(renderers);
    }

    @Override
    public void started(RunInfo info) {
        // The events writer deletes the reports of an earlier run.
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

    /** Renders the complete events file in the folder. */
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
