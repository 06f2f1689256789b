package io.wstck.tck.cli;

import io.wstck.tck.report.AtomicFile;
import io.wstck.tck.report.EventsException;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.KnownDraft;
import io.wstck.tck.report.RecordedRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code known}: a list of known deviations to start from. */
@Command(
        name = "known",
        header = "Write a list of known deviations from the last run, to start from: its reasons are still to be"
                + " written. See run --known.")
final class KnownCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private ReportOption report;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to this file, which must not be there yet, instead of standard output.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--warned", description = "List what was WARNED too.")
    private boolean warned;

    KnownCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        KnownDraft.Draft draft =
                KnownDraft.of(run(), warned ? KnownDraft.Warnings.LISTED : KnownDraft.Warnings.LEFT_OUT);
        if (output.isEmpty()) {
            surroundings.out().print(draft.yaml());
            return ExitStatus.OK.code();
        }
        Path file = surroundings.resolve(output.get());
        try {
            AtomicFile.create(file, out -> out.write(draft.yaml().getBytes(StandardCharsets.UTF_8)));
        } catch (FileAlreadyExistsException e) {
            throw CommandFailure.usage(
                    "-o: expected a file that is not there yet, since a list has reasons that somebody"
                            + " wrote, found one at " + output.get());
        } catch (IOException e) {
            throw CommandFailure.usage("-o: cannot write " + output.get() + ": " + e.getMessage());
        }
        surroundings
                .out()
                .println(draft.cases() + (draft.cases() == 1 ? " case" : " cases") + " in " + draft.entries()
                        + (draft.entries() == 1 ? " entry" : " entries") + " written to " + output.get()
                        + "; each reason is still to be written");
        return ExitStatus.OK.code();
    }

    private RecordedRun run() throws CommandFailure {
        try {
            RecordedRun run = EventsReader.read(report.folder(surroundings).events());
            run.whole();
            return run;
        } catch (EventsException e) {
            throw CommandFailure.notJudged(e.getMessage());
        }
    }
}
