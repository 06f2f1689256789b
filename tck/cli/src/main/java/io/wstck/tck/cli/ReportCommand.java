package io.wstck.tck.cli;

import io.wstck.tck.report.EventsException;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.RenderedFile;
import io.wstck.tck.report.Renderer;
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
        header = "Render the reports of a run from its events.",
        exitCodeList = {
            "0:the reports are written",
            "2:the command line is wrong; nothing was run",
            "3:the events cannot be read, or end too early; the reports say so too"
        })
final class ReportCommand implements Callable<Integer> {
    private final CliEnvironment environment;

    @Parameters(
            arity = "0..*",
            paramLabel = "EVENTS",
            description =
                    "Events files or report folders; more than one for formats that support several runs. Default:"
                            + " target/wstck.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "The format: junit, markdown, badge, … Default: all formats that support this number of runs.")
    private Optional<String> format = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            converter = OutputFile.Converter.class,
            description = "The file to write, - for standard output; needs --format. Default: the format's usual file,"
                    + " beside the first events file.")
    private Optional<OutputFile> output = Optional.empty();

    ReportCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        List<Renderer> renderers = renderers();
        if (output.isPresent() && format.isEmpty()) {
            throw CommandFailure.usage("-o: expected --format as well, got none");
        }
        List<Path> paths = files.isEmpty() ? List.of(ReportOption.DEFAULT) : files;
        List<RecordedRun> runs = new ArrayList<>();
        for (Path path : paths) {
            runs.add(RecordedRunReader.read(environment, path));
        }
        for (Renderer renderer : renderers) {
            if (runs.size() == 1 || renderer.room() == Renderer.RunCapacity.MANY_RUNS) {
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
            return Renderer.all();
        }
        String known = Renderer.all().stream().map(Renderer::format).collect(Collectors.joining(", "));
        return List.of(Renderer.of(format.get())
                .orElseThrow(() ->
                        CommandFailure.usage("--format: expected one of " + known + ", got \"" + format.get() + "\"")));
    }

    private void write(Renderer renderer, List<RecordedRun> runs, Path first) throws CommandFailure {
        Path file = output.map(given -> given.file(environment)).orElseGet(() -> beside(first, renderer));
        try {
            if (output.filter(OutputFile::isStandardOutput).isPresent()) {
                renderer.render(runs, environment.out());
                return;
            }
            RenderedFile.write(renderer, runs, file);
        } catch (IOException e) {
            throw CommandFailure.usage("cannot write " + file + ": " + e.getMessage());
        }
        environment.out().println(file);
    }

    private Path beside(Path events, Renderer renderer) {
        Path resolved = environment.resolve(events);
        Path folder = Files.isDirectory(resolved) ? resolved : resolved.resolveSibling("");
        return new ReportFolder(folder).of(renderer);
    }

    /** The exit status: a report of a truncated run must not look like success. */
    private static int status(List<RecordedRun> runs) throws CommandFailure {
        for (RecordedRun run : runs) {
            try {
                run.completeFooter();
            } catch (EventsException e) {
                throw CommandFailure.notJudged(e.getMessage());
            }
        }
        return ExitStatus.OK.code();
    }
}
