package io.wstck.tck.fuzz;

import io.wstck.tck.report.EventsException;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.Renderer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A file of events. Allowed outcomes are an {@link EventsException}, and a run that every renderer can render. */
final class EventsTarget implements FuzzTarget {
    /** Longer than any message should be. */
    private static final int MAX_SENTENCE = 1000;

    private final ScratchFile file = new ScratchFile(".ndjson");

    @Override
    public void play(byte[] input) throws IOException {
        RecordedRun run;
        try {
            run = EventsReader.read(file.holding(input));
        } catch (EventsException e) {
            MessageChecks.checkLength(e.getMessage(), MAX_SENTENCE);
            return;
        }
        for (Renderer renderer : Renderer.all()) {
            renderer.render(List.of(run), OutputStream.nullOutputStream());
        }
    }
}
