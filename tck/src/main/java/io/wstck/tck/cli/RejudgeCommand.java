package io.wstck.tck.cli;

import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.catalogue.Catalogue;
import io.wstck.tck.evidence.EvidenceException;
import io.wstck.tck.evidence.Rejudgement;
import io.wstck.tck.report.Printable;
import io.wstck.tck.report.ReportFolder;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rejudge}: judges what a run has left again. */
@Command(
        name = "rejudge",
        header = "Judge the evidence that a run has kept again, without a client. Status 1 if a"
                + " verdict differs, 3 if the evidence is not the one that was kept.")
final class RejudgeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = "target/wstck",
            description = "Report folder of the run, or its evidence file. Default: ${DEFAULT-VALUE}.")
    private Path path = ReportOption.DEFAULT;

    @Mixin
    private CaseOptions source;

    @Mixin
    private ProfileOption profile;

    RejudgeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailure {
        CaseCatalogue cases = source.load(surroundings, Catalogue.load());
        Path resolved = surroundings.resolve(path);
        Path file = Files.isDirectory(resolved) ? new ReportFolder(resolved).evidence() : resolved;
        if (Files.notExists(file)) {
            throw CommandFailure.usage("expected the evidence of a run at " + file + ", found no file");
        }
        try {
            Rejudgement rejudgement = Rejudgement.of(file, cases, profile.chosen());
            print(rejudgement);
            return (rejudgement.differences().isEmpty() ? ExitStatus.OK : ExitStatus.NOT_CONFORMANT).code();
        } catch (EvidenceException e) {
            throw CommandFailure.notJudged(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.notJudged("interrupted before all was judged again");
        }
    }

    private void print(Rejudgement rejudgement) {
        PrintStream out = surroundings.out();
        if (rejudgement.by() != rejudgement.ofRun()) {
            out.println("judged by profile " + rejudgement.by().word() + "; the run was judged by profile "
                    + rejudgement.ofRun().word());
        }
        for (Rejudgement.Difference difference : rejudgement.differences()) {
            String round = difference.repetition() > 1 ? " (round " + difference.repetition() + ")" : "";
            String now = difference
                    .now()
                    .map(judgement ->
                            judgement.verdict() + (judgement.reason().isEmpty() ? "" : ": " + judgement.reason()))
                    .orElse("there is no such case");
            out.println(Printable.line(difference.id() + round + "  was " + difference.then() + ", is now " + now));
        }
        out.println(rejudgement.same() + " cases are judged as they were, "
                + rejudgement.differences().size() + " are not");
        if (rejudgement.otherText() > 0) {
            out.println(rejudgement.otherText() + " cases stand in files whose text has changed since");
        }
        if (rejudgement.digested() == Rejudgement.Digested.JOURNAL_ENTRIES) {
            out.println("not hashed: an earlier kit wrote this evidence, with a digest over the entries of each journal"
                    + " alone; a change of anything else would not be noticed");
        }
        if (rejudgement.leftOut() > 0) {
            out.println(rejudgement.leftOut() + " cases are not there: their evidence was too large to be kept");
        }
    }
}
