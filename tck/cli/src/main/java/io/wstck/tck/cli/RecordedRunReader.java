package io.wstck.tck.cli;

import io.wstck.tck.report.EventsException;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.ReportFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the runs that a command line names. Stateless. */
final class RecordedRunReader {
    private RecordedRunReader() {}

    /** Reads the run at a path: an events file, or a report folder with one. The run may be truncated. */
    static RecordedRun read(CliEnvironment environment, Path path) throws CommandFailure {
        Path resolved = environment.resolve(path);
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

    /** Reads runs and requires that they are complete. */
    static List<RecordedRun> readComplete(CliEnvironment environment, List<Path> paths) throws CommandFailure {
        List<RecordedRun> runs = new ArrayList<>();
        for (Path path : paths) {
            RecordedRun run = read(environment, path);
            try {
                run.completeFooter();
            } catch (EventsException e) {
                throw CommandFailure.notJudged(e.getMessage());
            }
            runs.add(run);
        }
        return runs;
    }
}
