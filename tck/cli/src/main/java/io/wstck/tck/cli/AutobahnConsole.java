package io.wstck.tck.cli;

import io.wstck.tck.autobahn.report.AgentEvents;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.ConsoleStyle;
import io.wstck.tck.report.ConsoleText;
import io.wstck.tck.report.EscapedText;
import io.wstck.tck.report.RunFinished;
import io.wstck.tck.run.RunSummary.Conclusion;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Prints an Autobahn run: findings, a summary of each agent, and the exit status. For one thread. */
final class AutobahnConsole {
    /** The number of unplayed cases up to which each is listed. */
    private static final int MISSING_BY_NAME = 3;

    private final PrintStream out;
    private final ConsoleText text;
    private ExitStatus worst = ExitStatus.OK;

    /**
     * @param rerunCommand the command line that plays again, without the cases
     */
    AutobahnConsole(CliEnvironment environment, String rerunCommand) {
        this.out = environment.out();
        this.text = new ConsoleText(
                new ConsoleStyle(environment.screen(), environment.colour(), ConsoleStyle.Detail.FINDINGS),
                rerunCommand);
    }

    void printLine(String line) {
        out.println(EscapedText.line(line));
        out.flush();
    }

    /** Prints the results of one agent. The known deviations are already applied to them. */
    void printAgent(String agent, List<CaseFinished> cases, Duration duration, List<Path> reports) {
        RunFinished end = AgentEvents.end(cases, duration);
        printLine("agent " + agent);
        List<CaseFinished> missing =
                cases.stream().filter(one -> one.attempts() == 0).toList();
        boolean many = missing.size() > MISSING_BY_NAME;
        text.findings(cases.stream().filter(one -> !many || one.attempts() > 0).toList())
                .forEach(out::println);
        if (!missing.isEmpty()) {
            printLine(missingSentence(missing, cases.size()));
        }
        text.summary(cases, end, reports).forEach(out::println);
        out.flush();
        record(end.conclusion());
    }

    private static String missingSentence(List<CaseFinished> missing, int all) {
        String names =
                missing.stream().limit(MISSING_BY_NAME).map(CaseFinished::id).collect(Collectors.joining(", "));
        return "not judged: %d of the %d planned cases %s missing: %s%s"
                .formatted(
                        missing.size(),
                        all,
                        missing.size() == 1 ? "is" : "are",
                        names,
                        missing.size() > MISSING_BY_NAME ? " and so on" : "");
    }

    /** Prints the reason why the run was not judged. An earlier failure keeps its exit status. */
    void notJudged(String sentence) {
        printLine(sentence);
        record(Conclusion.NOT_JUDGED);
    }

    private void record(Conclusion conclusion) {
        ExitStatus status = ExitStatus.of(conclusion);
        if (worst != ExitStatus.NOT_CONFORMANT && status != ExitStatus.OK) {
            worst = status;
        }
    }

    /** The exit status of the whole run. */
    int status() {
        return worst.code();
    }
}
