package io.wstck.tck.cli;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.CaseId;
import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.report.FinishedRun;
import io.wstck.tck.autobahn.report.UnreadableRunException;
import io.wstck.tck.autobahn.spec.AutobahnPatterns;
import io.wstck.tck.autobahn.spec.AutobahnPlan;
import io.wstck.tck.autobahn.spec.SpecException;
import io.wstck.tck.known.KnownDeviations;
import io.wstck.tck.report.CaseFinished;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code autobahn-run --judge}: judges the folder of a finished run of the kit or of the Autobahn Testsuite. */
record AutobahnFolderJudge(
        CliEnvironment environment,
        AutobahnConsole console,
        AutobahnPatterns patterns,
        RequiredCases required,
        Strictness strictness,
        KnownDeviations known) {
    /** The cases that must have results. */
    enum RequiredCases {
        /**
         * The planned cases of the run. If it recorded no plan, as the Autobahn Testsuite does, the cases that have
         * results.
         */
        PLANNED,
        /** All cases that the patterns select. */
        SELECTED
    }

    /** Judges the folder and returns the exit status. */
    int judge(Path folder) throws CommandFailure {
        try {
            FinishedRun run = FinishedRun.read(environment.resolve(folder));
            AutobahnCorpus corpus = AutobahnCorpus.of(run.peer());
            Optional<AutobahnPlan> plan = required == RequiredCases.PLANNED ? run.plan(corpus) : Optional.empty();
            List<AutobahnCase> selected = selected(corpus);
            requireExcludedCases(run, corpus);
            judge(run, plan, selected, folder.resolve("index.json"));
            reportUnknownCases(run, corpus);
        } catch (UnreadableRunException | SpecException wrong) {
            throw CommandFailure.usage(wrong.getMessage());
        }
        return console.status();
    }

    /** Refuses an exclusion that matches neither a case of this kit nor one of the run. */
    private void requireExcludedCases(FinishedRun run, AutobahnCorpus corpus)
            throws CommandFailure, UnreadableRunException {
        List<CaseId> unknown = new ArrayList<>();
        for (String agent : run.agents()) {
            unknown.addAll(run.unknown(agent, corpus));
        }
        AutobahnServerStarter.requireCases(patterns.unmatchedExclusions(corpus).stream()
                .filter(pattern -> unknown.stream().noneMatch(id -> id.matches(pattern)))
                .toList());
    }

    /** The cases that may be judged. Those beyond the original are judged wherever they were played. */
    private List<AutobahnCase> selected(AutobahnCorpus corpus) throws SpecException {
        List<AutobahnCase> named = patterns.of(corpus);
        return required == RequiredCases.SELECTED
                ? named
                : corpus.all().stream()
                        .filter(one -> named.contains(one) || isUnlistedBeyond(one.id()))
                        .toList();
    }

    /** Whether the case is beyond the original, and not excluded. No pattern asks for it when none is given. */
    private boolean isUnlistedBeyond(CaseId id) {
        return id.isBeyond() && patterns.exclude().stream().noneMatch(id::matches);
    }

    private void judge(FinishedRun run, Optional<AutobahnPlan> plan, List<AutobahnCase> selected, Path index)
            throws UnreadableRunException {
        int agents = 0;
        for (String agent : run.agents()) {
            List<CaseFinished> cases = new ArrayList<>(cases(run, agent, selected));
            if (required == RequiredCases.PLANNED) {
                Set<String> planned =
                        plan.map(recorded -> ids(recorded.casesOf(agent))).orElse(Set.of());
                cases.removeIf(one -> one.attempts() == 0 && !planned.contains(one.id()));
            }
            if (!cases.isEmpty()) {
                run.started(agent)
                        .ifPresent(started -> console.printLine(
                                "the results of " + agent + " were played at " + started.truncatedTo(SECONDS)));
                console.printAgent(agent, cases, duration(cases), List.of(index));
                agents++;
            }
        }
        if (agents == 0) {
            console.notJudged("not judged: " + index + " has none of these cases");
        }
    }

    private List<CaseFinished> cases(FinishedRun run, String agent, List<AutobahnCase> selected)
            throws UnreadableRunException {
        KnownDeviations deviations = known.forAgent(agent);
        return run.cases(agent, selected, strictness).stream()
                .map(one -> one.withJudgement(deviations.apply(one.id(), one.judgement())))
                .toList();
    }

    private static Set<String> ids(List<AutobahnCase> cases) {
        return cases.stream().map(one -> one.id().toString()).collect(Collectors.toSet());
    }

    /** Reports cases that this kit does not have. They must not be ignored, because they may have failed. */
    private void reportUnknownCases(FinishedRun run, AutobahnCorpus corpus) throws UnreadableRunException {
        for (String agent : run.agents()) {
            List<String> unknown = run.unknown(agent, corpus).stream()
                    .filter(id -> patterns.selects(id) || (required == RequiredCases.PLANNED && isUnlistedBeyond(id)))
                    .map(CaseId::toString)
                    .toList();
            if (!unknown.isEmpty()) {
                console.notJudged("not judged: agent " + agent + " has cases that this kit does not have; leave"
                        + " them out with --exclude " + String.join(",", unknown));
            }
        }
    }

    private static Duration duration(List<CaseFinished> cases) {
        return cases.stream().map(CaseFinished::duration).reduce(Duration.ZERO, Duration::plus);
    }
}
