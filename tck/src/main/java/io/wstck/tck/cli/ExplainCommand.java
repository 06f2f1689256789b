package io.wstck.tck.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Catalogue;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.report.Printable;
import io.wstck.tck.report.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain}: all that is known of one case or clause. */
@Command(
        name = "explain",
        header = "Tell all about a case or a clause: what is required and where it says so, the case's text, what the"
                + " last run saw, how to run it again.")
final class ExplainCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "ID", description = "Id of a case or of a clause.")
    private String id = "";

    @Option(
            names = "--curl",
            description =
                    "Tell how to see the case by hand with any client, as is told anyway of one that was not met.")
    private boolean curl;

    @Option(
            names = "--scenario",
            description = "Print nothing but the scenario of the case's servers, as JSON to be posted to /scenarios of"
                    + " the reference server.")
    private boolean scenario;

    @Mixin
    private CaseOptions source;

    @Mixin
    private ReportOption report;

    ExplainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailure {
        Catalogue catalogue = Catalogue.load();
        CaseCatalogue cases = source.load(surroundings, catalogue);
        Optional<TestCase> testCase = cases.testCase(id);
        Optional<Clause> clause = catalogue.clause(id);
        if (testCase.isEmpty() && clause.isEmpty()) {
            throw unknown(catalogue, cases);
        }
        if (scenario) {
            return printScenario(testCase);
        }
        Explanation explanation = new Explanation(kit() + " run" + source.again());
        LastRun last = LastRun.of(report.folder(surroundings), id);
        // A case may bear its clause's name: then the case is told, and its clause with it.
        List<String> lines = testCase.isPresent()
                ? explanation.of(testCase.get(), lastRun(testCase.get(), last), last.rerun())
                : explanation.of(clause.orElseThrow(), cases.cases(), last.rerun());
        lines.forEach(line -> surroundings.out().println(Printable.line(line)));
        return ExitStatus.OK.code();
    }

    private int printScenario(Optional<TestCase> testCase) throws CommandFailure {
        ObjectNode servers = testCase.flatMap(TestCase::servers)
                .orElseThrow(() ->
                        CommandFailure.usage("--scenario: expected a case that has a server, got \"" + id + "\""));
        surroundings.out().println(servers);
        return ExitStatus.OK.code();
    }

    private List<String> lastRun(TestCase testCase, LastRun last) {
        List<String> lines = new ArrayList<>(last.lines());
        if (curl || last.unmet()) {
            String explain = kit() + " explain" + source.again();
            lines.addAll(new ByHand(kit(), explain).of(testCase));
        }
        return lines;
    }

    private String kit() {
        return ShellWord.quote(surroundings.command());
    }

    private CommandFailure unknown(Catalogue catalogue, CaseCatalogue cases) {
        List<String> known = Stream.concat(
                        cases.cases().stream().map(TestCase::id),
                        catalogue.clauses().stream().map(Clause::id))
                .distinct()
                .toList();
        String nearest = NearestNames.to(id, known).stream().collect(Collectors.joining(", "));
        return CommandFailure.usage(
                "expected the id of a case or a clause, got \"" + id + "\"; the nearest are " + nearest);
    }
}
