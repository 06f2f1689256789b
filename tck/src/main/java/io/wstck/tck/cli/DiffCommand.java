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

/** {@code diff}: recorded runs beside each other. */
@Command(
        name = "diff",
        header = "Tell what changed from one run to another: status 1 if a case fails that did not. With three or more"
                + " runs print clauses by runs.")
final class DiffCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
            arity = "2..*",
            paramLabel = "EVENTS",
            description = "Events files, or report folders; the older one first.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = FormatWord.class,
            defaultValue = "text",
            description = "text or markdown. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.TEXT;

    DiffCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailure {
        List<RecordedRun> runs = RecordedRuns.whole(surroundings, files);
        requireOneProfile(runs);
        if (runs.size() > 2) {
            Matrix matrix = Matrix.of(runs);
            print(format == Format.TEXT ? MatrixLines.text(matrix) : MatrixLines.markdown(matrix));
            return ExitStatus.OK.code();
        }
        Comparison comparison = Comparison.of(runs.getFirst(), runs.getLast());
        print(format == Format.TEXT ? ComparisonLines.text(comparison) : ComparisonLines.markdown(comparison));
        return (comparison.regression() ? ExitStatus.NOT_CONFORMANT : ExitStatus.OK).code();
    }

    /** A verdict of one profile beside that of another tells nothing of the client. */
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
        lines.forEach(surroundings.out()::println);
    }

    /** How it is printed. */
    enum Format {
        TEXT,
        MARKDOWN
    }

    /** Reads a format by its word. */
    static final class FormatWord implements ITypeConverter<Format> {
        @Override
        public Format convert(String word) {
            return switch (word) {
                case "text" -> Format.TEXT;
                case "markdown" -> Format.MARKDOWN;
                default -> throw new TypeConversionException("expected text or markdown, got \"" + word + "\"");
            };
        }
    }
}
