package io.wstck.tck.cli;

import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.evidence.EvidenceException;
import io.wstck.tck.evidence.Rejudgement;
import io.wstck.tck.report.EscapedText;
import io.wstck.tck.report.ReportFolder;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rejudge}: judges the evidence of a run again. */
@Command(
        name = "rejudge",
        header = "Judge the evidence of a run again, without a client.",
        exitCodeList = {
            "0:the verdicts are the same",
            "1:a verdict differs",
            "2:the command line is wrong; nothing was run",
            "3:the evidence was changed, or cannot be read"
        })
final class RejudgeCommand implements Callable<Integer> {
    private final CliEnvironment environment;

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

    RejudgeCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CommandFailure {
        CaseCatalogue cases = source.load(environment, ClauseCatalogue.load());
        Path resolved = environment.resolve(path);
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
        PrintStream out = environment.out();
        if (rejudgement.by() != rejudgement.runProfile()) {
            out.println("judged by profile " + rejudgement.by().word() + "; the run was judged by profile "
                    + rejudgement.runProfile().word());
        }
        for (Rejudgement.Difference difference : rejudgement.differences()) {
            String round = difference.repetition() > 1 ? " (round " + difference.repetition() + ")" : "";
            String now = difference
                    .now()
                    .map(judgement -> judgement.verdict().word()
                            + (judgement.reason().isEmpty() ? "" : ": " + judgement.reason()))
                    .orElse("no such case");
            out.println(EscapedText.line(
                    difference.id() + round + "  was " + difference.then().word() + ", is now " + now));
        }
        out.println("verdicts: " + rejudgement.same() + " the same, "
                + rejudgement.differences().size() + " different");
        if (rejudgement.changedText() > 0) {
            out.println(rejudgement.changedText() + " cases are in files whose text has changed since the run");
        }
        if (rejudgement.digested() == Rejudgement.DigestCoverage.JOURNAL_ENTRIES) {
            out.println(
                    "not hashed: an earlier kit wrote this evidence, with a digest of only the entries of each journal"
                            + "; other changes would not be noticed");
        }
        if (rejudgement.leftOut() > 0) {
            out.println(rejudgement.leftOut() + " cases are missing: their evidence was too large to keep");
        }
    }
}
