package io.wstck.tck.cli;

import io.wstck.tck.compare.Comparison;
import io.wstck.tck.compare.ComparisonLines;
import io.wstck.tck.compare.Matrix;
import io.wstck.tck.compare.MatrixLines;
import io.wstck.tck.report.RecordedRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code diff}: compares recorded runs. */
@Command(
        name = "diff",
        header = "Print the changes from one run to another.",
        description = "With three or more runs it prints a table of clauses and runs, with status 0.",
        exitCodeList = {
            "0:no case fails that did not fail before",
            "1:a case fails that did not fail before",
            "2:the command line is wrong; nothing was run",
            "3:a run cannot be read, or the profiles differ"
        })
final class DiffCommand implements Callable<Integer> {
    private final CliEnvironment environment;

    @Parameters(
            arity = "1..*",
            paramLabel = "EVENTS",
            description = "Events files or report folders, the oldest first. A folder with the reports of several"
                    + " Autobahn agents counts as a run for each.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = DiffFormatConverter.class,
            defaultValue = "text",
            description = "text or markdown. Default: ${DEFAULT-VALUE}.")
    private DiffFormat format = DiffFormat.TEXT;

    DiffCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CommandFailure {
        List<Path> paths = RecordedRunReader.expandAgents(environment, files);
        if (paths.size() == 1) {
            throw CommandFailure.usage("expected at least two runs, got only " + paths.getFirst());
        }
        List<RecordedRun> runs = RecordedRunReader.readComplete(environment, paths);
        requireOneProfile(runs);
        if (runs.size() > 2) {
            Matrix matrix = Matrix.of(runs);
            print(format == DiffFormat.TEXT ? MatrixLines.text(matrix) : MatrixLines.markdown(matrix));
            return ExitStatus.OK.code();
        }
        Comparison comparison = Comparison.of(runs.getFirst(), runs.getLast());
        print(format == DiffFormat.TEXT ? ComparisonLines.text(comparison) : ComparisonLines.markdown(comparison));
        return (comparison.regression() ? ExitStatus.NOT_CONFORMANT : ExitStatus.OK).code();
    }

    /** Refuses runs of several profiles, because their verdicts cannot be compared. */
    private static void requireOneProfile(List<RecordedRun> runs) throws CommandFailure {
        RecordedRun first = runs.getFirst();
        for (RecordedRun run : runs) {
            if (run.started().profile() != first.started().profile()) {
                throw CommandFailure.notJudged("expected runs of one profile, found profile "
                        + first.started().profile().word() + " in " + first.file() + " and profile "
                        + run.started().profile().word() + " in " + run.file());
            }
        }
    }

    private void print(List<String> lines) {
        lines.forEach(environment.out()::println);
    }

    /** The format of the output. */
    enum DiffFormat {
        TEXT,
        MARKDOWN
    }

    /** Parses a format. */
    static final class DiffFormatConverter implements ITypeConverter<DiffFormat> {
        @Override
        public DiffFormat convert(String word) {
            return switch (word) {
                case "text" -> DiffFormat.TEXT;
                case "markdown" -> DiffFormat.MARKDOWN;
                default -> throw new TypeConversionException("expected text or markdown, got \"" + word + "\"");
            };
        }
    }
}
