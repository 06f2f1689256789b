package io.wstck.tck.cli;

import io.wstck.tck.cases.Selection;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.prove.faults.FaultCatalogue;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ledger}: prints the state of every clause. */
@Command(
        name = "ledger",
        header = "Print the cases, faults and results of each clause.",
        description = "For a clause that cannot be tested it prints the reason.",
        exitCodeList = {
            "0:each binding clause has a case",
            "1:a binding clause has no case",
            "2:the command line is wrong; nothing was run",
            "3:the kit could not judge"
        })
final class LedgerCommand implements Callable<Integer> {
    private final CliEnvironment environment;

    @Option(
            names = "--only",
            paramLabel = "PATTERN",
            description =
                    "Print only clauses whose id matches; * stands for any text, ? for one character. Repeatable.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON object instead.")
    private boolean json;

    @Mixin
    private CaseOptions source;

    @Mixin
    private ReportOption report;

    LedgerCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CommandFailure {
        ClauseCatalogue catalogue = ClauseCatalogue.load();
        List<TestCase> cases = source.load(environment, catalogue).cases();
        Ledger ledger = Ledger.of(
                selected(catalogue), cases, FaultCatalogue.all(), Ledger.LastRunEvents.of(report.folder(environment)));
        PrintStream out = environment.out();
        if (json) {
            out.println(LedgerJson.of(ledger).toPrettyString());
        } else {
            LedgerText.lines(ledger).forEach(out::println);
        }
        return (ledger.uncovered().isEmpty() ? ExitStatus.OK : ExitStatus.NOT_CONFORMANT).code();
    }

    private List<Clause> selected(ClauseCatalogue catalogue) throws CommandFailure {
        for (String word : only) {
            Pattern pattern = Selection.glob(word);
            if (catalogue.clauses().stream()
                    .noneMatch(clause -> pattern.matcher(clause.id()).matches())) {
                throw CommandFailure.usage("--only: expected a pattern that matches the id of a clause, got \"" + word
                        + "\", which matches none");
            }
        }
        return catalogue.clauses().stream()
                .filter(clause -> only.isEmpty()
                        || only.stream()
                                .anyMatch(word -> Selection.glob(word)
                                        .matcher(clause.id())
                                        .matches()))
                .toList();
    }
}
