package io.wstck.tck.cli;

import io.wstck.tck.report.EventsException;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.ReportFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs that a command is given as files or report folders. Stateless. */
final class RecordedRuns {
    private RecordedRuns() {}

    /** The run at a path: an events file, or a report folder that holds one. It may be truncated. */
    static RecordedRun at(Surroundings surroundings, Path path) throws CommandFailure {
        Path resolved = surroundings.resolve(path);
        Path file = Files.isDirectory(resolved) ? new ReportFolder(resolved).events() : resolved;
        if (Files.notExists(file)) {
            throw CommandFailure.usage("expected the events of a run at " + file + ", found no file");
        }
        try {
            return EventsReader.read(file);
        } catch (EventsException e) {
            throw CommandFailure.notJudged(e.getMessage());
        }
    }

    /** Runs that came to their end. */
    static List<RecordedRun> whole(Surroundings surroundings, List<Path> paths) throws CommandFailure {
        List<RecordedRun> runs = new ArrayList<>();
        for (Path path : paths) {
            RecordedRun run = at(surroundings, path);
            try {
                run.whole();
            } catch (EventsException e) {
                throw CommandFailure.notJudged(e.getMessage());
            }
            runs.add(run);
        }
        return runs;
    }
}
