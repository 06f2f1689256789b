package io.wstck.tck.cli;

import io.wstck.tck.report.ConsoleText;
import io.wstck.tck.report.EventsException;
import io.wstck.tck.report.EventsWriter;
import io.wstck.tck.report.MergedRun;
import io.wstck.tck.report.Printable;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.ReportFolder;
import io.wstck.tck.report.RunStarted;
import io.wstck.tck.report.Style;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code merge}: the shards of a run as one. */
@Command(
        name = "merge",
        header =
                "Join the events of all shards of a run. The status is the one that the whole run would have had; 3 if a"
                        + " shard is missing or did not come to its end.")
final class MergeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(arity = "1..*", paramLabel = "EVENTS", description = "Events files, or report folders, in any order.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "The events file to write; an earlier one is replaced.")
    private Path output = Path.of("");

    MergeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailure {
        List<RecordedRun> shards = RecordedRuns.whole(surroundings, files);
        try {
            RecordedRun merged = MergedRun.of(shards);
            write(merged);
            print(merged);
            return ExitStatus.of(merged.footer().conclusion()).code();
        } catch (EventsException e) {
            throw CommandFailure.notJudged(e.getMessage());
        } catch (IOException e) {
            throw CommandFailure.usage("-o: cannot write " + output + ": " + e.getMessage());
        }
    }

    /** The evidence beside it may be that of a shard, and stays. */
    private void write(RecordedRun merged) throws EventsException, IOException {
        Path file = surroundings.resolve(output).toAbsolutePath();
        ReportFolder folder = new ReportFolder(file.resolveSibling(""));
        if (file.equals(folder.events())) {
            EventsWriter.write(merged, folder);
        } else {
            EventsWriter.write(merged, file);
        }
    }

    private void print(RecordedRun merged) throws EventsException {
        RunStarted started = merged.started();
        Style style = new Style(surroundings.screen(), surroundings.colour(), Style.Detail.FINDINGS);
        surroundings
                .out()
                .println(Printable.line("wstck " + started.kit() + " · " + started.implementation() + " · profile "
                        + started.profile().word() + " · " + started.platform()));
        new ConsoleText(style, "")
                .summary(merged.cases(), merged.footer(), List.of(output))
                .forEach(surroundings.out()::println);
    }
}
