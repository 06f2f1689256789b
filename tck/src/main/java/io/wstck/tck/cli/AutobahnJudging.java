package io.wstck.tck.cli;

import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.CaseId;
import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.report.FinishedRun;
import io.wstck.tck.autobahn.report.UnreadableRunException;
import io.wstck.tck.autobahn.spec.Patterns;
import io.wstck.tck.autobahn.spec.SpecException;
import io.wstck.tck.report.CaseFinished;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Judges the folder of a finished run, of ours or of the original. */
final class AutobahnJudging {
    private final Surroundings surroundings;
    private final AutobahnConsole console;
    private final Patterns patterns;
    private final Wanted wanted;
    private final Strictness strictness;

    /** Which cases have to be there. */
    enum Wanted {
        /** Those that are: nobody knows what was to be played. */
        THE_PLAYED,
        /** All that the patterns select. */
        THE_SELECTED
    }

    AutobahnJudging(
            Surroundings surroundings,
            AutobahnConsole console,
            Patterns patterns,
            Wanted wanted,
            Strictness strictness) {
        this.surroundings = surroundings;
        this.console = console;
        this.patterns = patterns;
        this.wanted = wanted;
        this.strictness = strictness;
    }

    /** Judges; the exit status. */
    int judge(Path folder) throws CommandFailure {
        try {
            FinishedRun run = FinishedRun.read(surroundings.resolve(folder));
            AutobahnCorpus corpus = AutobahnCorpus.standard();
            judge(run, patterns.of(corpus), folder.resolve("index.json"));
            unknown(run, corpus);
        } catch (UnreadableRunException | SpecException wrong) {
            throw CommandFailure.usage(wrong.getMessage());
        }
        return console.status();
    }

    private void judge(FinishedRun run, List<AutobahnCase> selected, Path index) throws UnreadableRunException {
        int agents = 0;
        for (String agent : run.agents()) {
            List<CaseFinished> cases = run.cases(agent, selected, strictness).stream()
                    .filter(one -> wanted == Wanted.THE_SELECTED || one.attempts() > 0)
                    .toList();
            if (!cases.isEmpty()) {
                console.agent(agent, cases, duration(cases), List.of(index));
                agents++;
            }
        }
        if (agents == 0) {
            console.notJudged("not judged: " + index + " has none of these cases");
        }
    }

    /** What nobody here can judge is not passed over: it may have failed. */
    private void unknown(FinishedRun run, AutobahnCorpus corpus) throws UnreadableRunException {
        for (String agent : run.agents()) {
            List<String> unknown = run.unknown(agent, corpus).stream()
                    .filter(patterns::selects)
                    .map(CaseId::toString)
                    .toList();
            if (!unknown.isEmpty()) {
                console.notJudged(
                        "not judged: of agent " + agent + " there are cases that this kit does not have; leave"
                                + " them out with --exclude " + String.join(",", unknown));
            }
        }
    }

    private static Duration duration(List<CaseFinished> cases) {
        return cases.stream().map(CaseFinished::duration).reduce(Duration.ZERO, Duration::plus);
    }
}
