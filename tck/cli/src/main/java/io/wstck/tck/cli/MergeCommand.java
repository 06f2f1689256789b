package io.wstck.tck.cli;

import io.wstck.tck.report.ConsoleStyle;
import io.wstck.tck.report.ConsoleText;
import io.wstck.tck.report.EscapedText;
import io.wstck.tck.report.EventsException;
import io.wstck.tck.report.EventsWriter;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.ReportFolder;
import io.wstck.tck.report.RunStarted;
import io.wstck.tck.report.ShardMerger;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code merge}: joins the shards of a run. */
@Command(
        name = "merge",
        header = "Join the events of all shards of a run.",
        exitCodeList = {
            "0:the whole run is conformant",
            "1:the whole run is not conformant",
            "2:the command line is wrong; nothing was run",
            "3:a shard is missing or truncated, or the kit could not judge"
        })
final class MergeCommand implements Callable<Integer> {
    private final CliEnvironment environment;

    @Parameters(arity = "1..*", paramLabel = "EVENTS", description = "Events files, or report folders, in any order.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            converter = OutputFile.Converter.class,
            description = "The events file to write, - for standard output; an existing file is replaced.")
    private OutputFile output = new OutputFile(Path.of(""));

    MergeCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CommandFailure {
        List<RecordedRun> shards = RecordedRunReader.readComplete(environment, files);
        try {
            RecordedRun merged = ShardMerger.of(shards);
            write(merged);
            print(merged);
            return ExitStatus.of(merged.footer().conclusion()).code();
        } catch (EventsException e) {
            throw CommandFailure.notJudged(e.getMessage());
        } catch (IOException e) {
            throw CommandFailure.usage("-o: cannot write " + output + ": " + e.getMessage());
        }
    }

    /** Writes the events. Evidence in the same folder is kept, because it may belong to a shard. */
    private void write(RecordedRun merged) throws EventsException, IOException {
        if (output.isStandardOutput()) {
            EventsWriter.write(merged, environment.out());
            return;
        }
        Path file = output.file(environment).toAbsolutePath();
        ReportFolder folder = new ReportFolder(file.resolveSibling(""));
        if (file.equals(folder.events())) {
            EventsWriter.write(merged, folder);
        } else {
            EventsWriter.write(merged, file);
        }
    }

    /** Prints the summary; on standard error if standard output has the events. */
    private void print(RecordedRun merged) throws EventsException {
        PrintStream out = output.isStandardOutput() ? environment.err() : environment.out();
        RunStarted started = merged.started();
        ConsoleStyle style = new ConsoleStyle(environment.screen(), environment.colour(), ConsoleStyle.Detail.FINDINGS);
        out.println(EscapedText.line("wstck " + started.kit() + " · " + started.implementation() + " · profile "
                + started.profile().word() + " · " + started.platform()));
        new ConsoleText(style, "")
                .summary(merged.cases(), merged.footer(), List.of(output.path()))
                .forEach(out::println);
    }
}
