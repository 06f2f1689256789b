package io.wstck.tck.cli;

import io.wstck.tck.cases.Selection;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Catalogue;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.prove.kept.KeptFaults;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ledger}: what became of every clause. */
@Command(
        name = "ledger",
        header = "Tell clause by clause how many cases test it, how many kept faults prove them, and what the last run"
                + " saw, or why it cannot be tested. Status 1 if a binding clause has no case.")
final class LedgerCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = "--only",
            paramLabel = "PATTERN",
            description = "Take only clauses whose id matches; * stands for any text, ? for one character. Repeatable.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON object instead, for other programs.")
    private boolean json;

    @Mixin
    private CaseOptions source;

    @Mixin
    private ReportOption report;

    LedgerCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailure {
        Catalogue catalogue = Catalogue.load();
        List<TestCase> cases = source.load(surroundings, catalogue).cases();
        Ledger ledger = Ledger.of(
                selected(catalogue), cases, KeptFaults.all(), Ledger.LastEvents.of(report.folder(surroundings)));
        PrintStream out = surroundings.out();
        if (json) {
            out.println(LedgerJson.of(ledger).toPrettyString());
        } else {
            LedgerText.lines(ledger).forEach(out::println);
        }
        return (ledger.uncovered().isEmpty() ? ExitStatus.OK : ExitStatus.NOT_CONFORMANT).code();
    }

    private List<Clause> selected(Catalogue catalogue) throws CommandFailure {
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
