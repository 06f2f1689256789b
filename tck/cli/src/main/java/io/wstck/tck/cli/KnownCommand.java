package io.wstck.tck.cli;

import io.wstck.tck.report.AtomicFile;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.EventsException;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.KnownListDraft;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.ReportFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code known}: writes a draft of a list of known deviations from the last run. */
@Command(
        name = "known",
        header = "Draft a list of known deviations from the last run.",
        description = "You write the reasons. See run --known.",
        exitCodeList = {
            "0:the draft is written",
            "2:the command line is wrong; nothing was run",
            "3:the run cannot be read, or was interrupted"
        })
final class KnownCommand implements Callable<Integer> {
    private final CliEnvironment environment;

    @Mixin
    private ReportOption report;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            converter = OutputFile.Converter.class,
            description = "The new file to write, - for standard output. Default: -.")
    private Optional<OutputFile> output = Optional.empty();

    @Option(names = "--warned", description = "List cases that are WARNED too.")
    private boolean warned;

    KnownCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        List<RecordedRun> runs = runs();
        KnownListDraft.Draft draft =
                KnownListDraft.of(runs, warned ? KnownListDraft.Warnings.LISTED : KnownListDraft.Warnings.LEFT_OUT);
        if (output.isEmpty() || output.get().isStandardOutput()) {
            environment.out().print(draft.yaml());
            return ExitStatus.OK.code();
        }
        Path file = output.get().file(environment);
        try {
            AtomicFile.create(file, out -> out.write(draft.yaml().getBytes(StandardCharsets.UTF_8)));
        } catch (FileAlreadyExistsException e) {
            throw CommandFailure.usage("-o: expected a new file, because an existing list may have reasons that a user"
                    + " wrote, found one at " + output.get());
        } catch (IOException e) {
            throw CommandFailure.usage("-o: cannot write " + output.get() + ": " + e.getMessage());
        }
        environment
                .out()
                .println(draft.cases() + " of "
                        + runs.stream().mapToLong(KnownCommand::played).sum() + " cases, in " + draft.entries()
                        + (draft.entries() == 1 ? " entry" : " entries") + ", written to " + output.get()
                        + "; write the reason of each entry");
        return ExitStatus.OK.code();
    }

    /** A repeated case counts once. */
    private static long played(RecordedRun run) {
        return run.cases().stream().map(CaseFinished::id).distinct().count();
    }

    /** The run in the folder, or the runs of its agents if an Autobahn run had several. */
    private List<RecordedRun> runs() throws CommandFailure {
        Path folder = report.folder(environment).path();
        List<Path> agents = RecordedRunReader.expandAgents(environment, List.of(folder));
        if (agents.equals(List.of(folder))) {
            return List.of(run());
        }
        List<RecordedRun> runs = RecordedRunReader.readComplete(environment, agents);
        if (!runs.stream().allMatch(run -> run.started().spec().startsWith(AutobahnServerStarter.ANY_EDITION))) {
            throw CommandFailure.notJudged("expected a run, or the agents of an Autobahn run, in " + folder + ", found "
                    + runs.size() + " other runs; merge puts the shards of a run together");
        }
        return runs;
    }

    private RecordedRun run() throws CommandFailure {
        Path events = report.folder(environment).events();
        try {
            RecordedRun run = EventsReader.read(events);
            run.completeFooter();
            return run;
        } catch (EventsException e) {
            throw CommandFailure.notJudged(e.getMessage() + autobahnHint(events));
        }
    }

    /** Names the folder of an Autobahn run, which writes into another folder by default, or an empty string. */
    private String autobahnHint(Path missing) {
        Path folder = AutobahnRunCommand.DEFAULT_FOLDER;
        return Files.notExists(missing)
                        && report.isDefault()
                        && Files.exists(new ReportFolder(environment.resolve(folder)).events())
                ? "; there is a run in " + folder + ": --report " + folder
                : "";
    }
}
