package io.wstck.tck.cli;

import io.wstck.tck.report.EventsException;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.RenderedFile;
import io.wstck.tck.report.Renderer;
import io.wstck.tck.report.Renderers;
import io.wstck.tck.report.ReportFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report}: renders recorded runs. */
@Command(
        name = "report",
        header = "Render the events of a run as the reports that a run writes. Status 3 if the run did not come to its"
                + " end: the reports say so too.")
final class ReportCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
            arity = "0..*",
            paramLabel = "EVENTS",
            description = "An events file, or a report folder; several for a format that has room for them. Default:"
                    + " target/wstck.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Only this one of the formats junit, markdown, badge, … Default: all that have room for the"
                    + " runs.")
    private Optional<String> format = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write, - for standard output; needs --format. Default: the format's own name,"
                    + " beside the first events file.")
    private Optional<Path> output = Optional.empty();

    ReportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        List<Renderer> renderers = renderers();
        if (output.isPresent() && format.isEmpty()) {
            throw CommandFailure.usage("-o: expected a --format to go with it, got none");
        }
        List<Path> paths = files.isEmpty() ? List.of(ReportOption.DEFAULT) : files;
        List<RecordedRun> runs = new ArrayList<>();
        for (Path path : paths) {
            runs.add(RecordedRuns.at(surroundings, path));
        }
        for (Renderer renderer : renderers) {
            if (runs.size() == 1 || renderer.room() == Renderer.Room.MANY_RUNS) {
                write(renderer, runs, paths.getFirst());
            } else if (format.isPresent()) {
                throw CommandFailure.usage(
                        "--format: expected one run for " + renderer.format() + ", got " + runs.size());
            }
        }
        return status(runs);
    }

    private List<Renderer> renderers() throws CommandFailure {
        if (format.isEmpty()) {
            return Renderers.all();
        }
        String known = Renderers.all().stream().map(Renderer::format).collect(Collectors.joining(", "));
        return List.of(Renderers.of(format.get())
                .orElseThrow(() ->
                        CommandFailure.usage("--format: expected one of " + known + ", got \"" + format.get() + "\"")));
    }

    private void write(Renderer renderer, List<RecordedRun> runs, Path first) throws CommandFailure {
        Path file = output.map(surroundings::resolve).orElseGet(() -> beside(first, renderer));
        try {
            if (output.equals(Optional.of(Path.of("-")))) {
                renderer.render(runs, surroundings.out());
                return;
            }
            RenderedFile.write(renderer, runs, file);
        } catch (IOException e) {
            throw CommandFailure.usage("cannot write " + file + ": " + e.getMessage());
        }
        surroundings.out().println(file);
    }

    private Path beside(Path events, Renderer renderer) {
        Path resolved = surroundings.resolve(events);
        Path folder = Files.isDirectory(resolved) ? resolved : resolved.resolveSibling("");
        return new ReportFolder(folder).of(renderer);
    }

    /** What is rendered of a run that is not whole must not pass for one. */
    private static int status(List<RecordedRun> runs) throws CommandFailure {
        for (RecordedRun run : runs) {
            try {
                run.whole();
            } catch (EventsException e) {
                throw CommandFailure.notJudged(e.getMessage());
            }
        }
        return ExitStatus.OK.code();
    }
}
