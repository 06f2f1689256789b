package io.wstck.tck.cli;

import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.report.EscapedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code list}: prints the cases or the clauses in columns, one per line. */
@Command(
        name = "list",
        header = "List the cases: id, clause, level, title.",
        exitCodeList = {"0:the list is printed", "2:the command line is wrong; nothing was run"})
final class ListCommand implements Callable<Integer> {
    private final CliEnvironment environment;

    @Mixin
    private SelectionOptions selection;

    @Mixin
    private CaseOptions source;

    @Option(
            names = "--clauses",
            description = "List the clauses of the selected cases instead: id, level, number of cases, statement."
                    + " Without a selection: all clauses.")
    private boolean clauses;

    ListCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CommandFailure {
        ClauseCatalogue catalogue = ClauseCatalogue.load();
        CaseCatalogue cases = source.load(environment, catalogue);
        List<TestCase> selected = selection.select(cases);
        print(clauses ? clauseRows(catalogue, selected) : caseRows(selected));
        return ExitStatus.OK.code();
    }

    private static List<List<String>> caseRows(List<TestCase> cases) {
        List<List<String>> rows = new ArrayList<>();
        for (TestCase testCase : cases) {
            rows.add(List.of(
                    testCase.id(),
                    testCase.clause().id(),
                    testCase.level().word(),
                    only(testCase.clause()) + testCase.title()));
        }
        return rows;
    }

    private List<List<String>> clauseRows(ClauseCatalogue catalogue, List<TestCase> cases) {
        Map<String, Long> counts = cases.stream()
                .collect(
                        Collectors.groupingBy(testCase -> testCase.clause().id(), TreeMap::new, Collectors.counting()));
        List<List<String>> rows = new ArrayList<>();
        for (Clause clause : catalogue.clauses()) {
            long count = counts.getOrDefault(clause.id(), 0L);
            if (count > 0 || selection.everything()) {
                rows.add(List.of(
                        clause.id(), clause.level().word(), Long.toString(count), only(clause) + clause.statement()));
            }
        }
        return rows;
    }

    /** A note for a clause whose cases only one profile plays. */
    private static String only(Clause clause) {
        return clause.profile()
                .map(profile -> "(profile " + profile.word() + " only) ")
                .orElse("");
    }

    private void print(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(
                        widths[column], EscapedText.line(row.get(column)).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns - 1; column++) {
                String cell = EscapedText.line(row.get(column));
                line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
            }
            environment.out().println(line.append(EscapedText.line(row.getLast())));
        }
    }
}
