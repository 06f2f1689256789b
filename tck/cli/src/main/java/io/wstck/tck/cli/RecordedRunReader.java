package io.wstck.tck.cli;

import io.wstck.tck.report.EventsException;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.ReportFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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

    /**
     * Replaces each folder of a run with several agents, as the Autobahn cases write it, with the folders of the
     * agents, ordered by name. Other paths stay.
     */
    static List<Path> expandAgents(CliEnvironment environment, List<Path> paths) throws CommandFailure {
        List<Path> all = new ArrayList<>();
        for (Path path : paths) {
            List<Path> agents = agents(environment.resolve(path));
            all.addAll(agents.isEmpty() ? List.of(path) : agents);
        }
        return all;
    }

    private static List<Path> agents(Path folder) throws CommandFailure {
        if (!Files.isDirectory(folder) || hasEvents(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(RecordedRunReader::hasEvents).sorted().toList();
        } catch (IOException unreadable) {
            throw CommandFailure.notJudged(
                    "expected a readable folder at " + folder + ", found another: " + unreadable.getMessage());
        }
    }

    private static boolean hasEvents(Path folder) {
        return Files.isRegularFile(new ReportFolder(folder).events());
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
