package io.wstck.tck.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.text.NearestNames;
import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseServers;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.report.EscapedText;
import io.wstck.tck.report.ReportFolder;
import java.nio.file.Files;
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

/** {@code explain}: prints everything about one case or clause. */
@Command(
        name = "explain",
        header = "Explain a case or a clause.",
        description =
                "It prints the requirement and its source, the text of the case, the result of the last run, and the command that runs it again.",
        exitCodeList = {"0:the explanation is printed", "2:the command line is wrong; nothing was run"})
final class ExplainCommand implements Callable<Integer> {
    private final CliEnvironment environment;

    @Parameters(paramLabel = "ID", description = "Id of a case or of a clause, or the number of an Autobahn case.")
    private String id = "";

    @Option(
            names = "--curl",
            description =
                    "Print the steps to play the case by hand with any client. They are always printed for a case that"
                            + " was not met.")
    private boolean curl;

    @Option(
            names = "--scenario",
            description = "Print only the scenario of the case's servers, as JSON for a POST to /scenarios of the"
                    + " reference server.")
    private boolean scenario;

    @Mixin
    private CaseOptions source;

    @Mixin
    private ReportOption report;

    ExplainCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CommandFailure {
        Optional<String> number = AutobahnExplanation.number(id);
        if (number.isPresent()) {
            return explainAutobahn(number.get());
        }
        ClauseCatalogue catalogue = ClauseCatalogue.load();
        CaseCatalogue cases = source.load(environment, catalogue);
        Optional<TestCase> testCase = cases.testCase(id);
        Optional<Clause> clause = catalogue.clause(id);
        if (testCase.isEmpty() && clause.isEmpty()) {
            throw unknown(catalogue, cases);
        }
        if (scenario) {
            return printScenario(testCase);
        }
        Explanation explanation = new Explanation(command() + " run" + source.rerunOptions() + rerunFolder());
        LastRunLines last = LastRunLines.of(report.folder(environment), id);
        // A case and its clause may have the same id. The explanation of the case includes the clause.
        List<String> lines = testCase.isPresent()
                ? explanation.of(testCase.get(), lastRun(testCase.get(), last), last.rerun())
                : explanation.of(clause.orElseThrow(), cases.cases(), last.rerun());
        lines.forEach(line -> environment.out().println(EscapedText.line(line)));
        return ExitStatus.OK.code();
    }

    /** Explains an Autobahn case, or lists the cases of a section. Only they have numbers as ids. */
    private int explainAutobahn(String number) throws CommandFailure {
        if (scenario || curl) {
            throw CommandFailure.usage(
                    "--scenario, --curl: expected a case of the kit, got the Autobahn case " + number);
        }
        LastRunLines last = LastRunLines.of(
                report.isDefault()
                        ? new ReportFolder(environment.resolve(AutobahnRunCommand.DEFAULT_FOLDER))
                        : report.folder(environment),
                number);
        List<String> lines = new AutobahnExplanation(command()).of(number, last.lines());
        if (lines.isEmpty()) {
            throw CommandFailure.usage("expected the number of an Autobahn case or of a section, like 7.5.1, 7.5 or 7,"
                    + " got \"" + number + "\"");
        }
        lines.forEach(line -> environment.out().println(EscapedText.line(line)));
        return ExitStatus.OK.code();
    }

    private int printScenario(Optional<TestCase> testCase) throws CommandFailure {
        ObjectNode servers = testCase.flatMap(TestCase::servers)
                .map(CaseServers::json)
                .orElseThrow(() ->
                        CommandFailure.usage("--scenario: expected a case that has a server, got \"" + id + "\""));
        environment.out().println(servers);
        return ExitStatus.OK.code();
    }

    private List<String> lastRun(TestCase testCase, LastRunLines last) {
        List<String> lines = new ArrayList<>(last.lines());
        if (curl || last.unmet()) {
            String explain = command() + " explain" + source.rerunOptions();
            lines.addAll(new ManualReplay(command(), explain).of(testCase));
        }
        return lines;
    }

    /** The option for a run that keeps the reports of the last run, or an empty string if there are none. */
    private String rerunFolder() {
        return Files.exists(report.folder(environment).events()) ? report.rerunOptions() : "";
    }

    private String command() {
        return environment.command();
    }

    private CommandFailure unknown(ClauseCatalogue catalogue, CaseCatalogue cases) {
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
