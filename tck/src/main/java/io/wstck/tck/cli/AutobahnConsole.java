package io.wstck.tck.cli;

import io.wstck.tck.autobahn.report.AgentEvents;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.ConsoleText;
import io.wstck.tck.report.Printable;
import io.wstck.tck.report.RunFinished;
import io.wstck.tck.report.Style;
import io.wstck.tck.run.RunSummary.Conclusion;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Tells of an Autobahn run: findings, a summary for each agent, the worst of their conclusions. One thread. */
final class AutobahnConsole {
    /** So many cases that were not played are told one by one. */
    private static final int MISSING_BY_NAME = 3;

    private final PrintStream out;
    private final ConsoleText text;
    private ExitStatus worst = ExitStatus.OK;

    /** @param again the command that plays again, without the cases */
    AutobahnConsole(Surroundings surroundings, String again) {
        this.out = surroundings.out();
        this.text =
                new ConsoleText(new Style(surroundings.screen(), surroundings.colour(), Style.Detail.FINDINGS), again);
    }

    void line(String line) {
        out.println(Printable.line(line));
        out.flush();
    }

    /** Tells what became of the cases of one agent. */
    void agent(String agent, List<CaseFinished> cases, Duration duration, List<Path> reports) {
        RunFinished end = AgentEvents.end(cases, duration);
        line("agent " + agent);
        List<CaseFinished> missing =
                cases.stream().filter(one -> one.attempts() == 0).toList();
        boolean many = missing.size() > MISSING_BY_NAME;
        cases.stream()
                .filter(one -> !many || one.attempts() > 0)
                .forEach(one -> text.finding(one).forEach(out::println));
        if (!missing.isEmpty()) {
            line(missing(missing, cases.size()));
        }
        text.summary(cases, end, reports).forEach(out::println);
        out.flush();
        count(end.conclusion());
    }

    private static String missing(List<CaseFinished> missing, int all) {
        String names =
                missing.stream().limit(MISSING_BY_NAME).map(CaseFinished::id).collect(Collectors.joining(", "));
        return "not judged: %d of the %d cases that were to be played %s missing: %s%s"
                .formatted(
                        missing.size(),
                        all,
                        missing.size() == 1 ? "is" : "are",
                        names,
                        missing.size() > MISSING_BY_NAME ? " and so on" : "");
    }

    /** Something kept the run from being judged; a failure that was seen stays one. */
    void notJudged(String sentence) {
        line(sentence);
        count(Conclusion.NOT_JUDGED);
    }

    private void count(Conclusion conclusion) {
        ExitStatus status = ExitStatus.of(conclusion);
        if (worst != ExitStatus.NOT_CONFORMANT && status != ExitStatus.OK) {
            worst = status;
        }
    }

    /** The status of the whole run. */
    int status() {
        return worst.code();
    }
}
