package io.wstck.tck.autobahn.report;

import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnResult;
import io.wstck.tck.autobahn.Behavior;
import io.wstck.tck.autobahn.CaseId;
import io.wstck.tck.catalogue.Contract;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Cause;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.RunFinished;
import io.wstck.tck.run.RunSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Verdicts of the original in the words of the kit: what its own reports are rendered from. */
public final class AgentEvents {
    private AgentEvents() {}

    /** How often a case was played, of which the last time counts. */
    private enum Played {
        NEVER,
        ONCE
    }

    /** The events of one agent: a case that it was not played, though it was to be, is inconclusive. */
    public static List<CaseFinished> of(List<AutobahnCase> wanted, List<CaseRecord> played) {
        Map<CaseId, CaseRecord> byId = played.stream().collect(Collectors.toMap(CaseRecord::id, one -> one));
        List<CaseFinished> events = new ArrayList<>();
        for (AutobahnCase one : wanted) {
            Optional<CaseRecord> found = Optional.ofNullable(byId.get(one.id()));
            events.add(found.map(AgentEvents::of).orElseGet(() -> missing(one)));
        }
        return events;
    }

    private static CaseFinished of(CaseRecord one) {
        return event(one.testCase(), judgement(one.result()), one.result().duration(), Played.ONCE, one.transcript());
    }

    private static CaseFinished missing(AutobahnCase one) {
        return event(
                one,
                Judgement.of(Verdict.INCONCLUSIVE, "the driver did not play this case to its end"),
                Duration.ZERO,
                Played.NEVER,
                List.of());
    }

    private static CaseFinished event(
            AutobahnCase one, Judgement judgement, Duration duration, Played played, List<String> transcript) {
        return new CaseFinished(
                one.id().toString(),
                one.description(),
                new CaseFinished.Requirement(
                        "autobahn." + one.id(),
                        Section.of(one.id()).title(),
                        one.expectation(),
                        "Autobahn " + one.id()),
                Level.RFC,
                Contract.PROTOCOL,
                judgement,
                cause(one),
                duration,
                1,
                played == Played.ONCE ? 1 : 0,
                "autobahn " + one.id(),
                List.of(),
                transcript,
                List.of(),
                "",
                List.of());
    }

    /** The cases of a section test one thing. */
    private static Cause cause(AutobahnCase one) {
        String section = Section.of(one.id()).title();
        return new Cause("autobahn " + section, "autobahn." + one.id(), section);
    }

    /** Both verdicts as one: the worse of the two says what is expected and what came. */
    static Judgement judgement(AutobahnResult result) {
        Verdict behavior = verdict(result.behavior());
        Verdict close = verdict(result.behaviorClose());
        if (behavior == Verdict.SKIPPED && close != Verdict.FAILED) {
            return Judgement.of(Verdict.SKIPPED, "UNIMPLEMENTED: " + result.result());
        }
        String expected = String.join(" | ", result.expected());
        String received = result.received().isEmpty() ? "nothing" : String.join(", ", result.received());
        if (behavior == Verdict.FAILED) {
            return new Judgement(
                    Verdict.FAILED, result.behavior().label() + ": " + result.result(), expected, received);
        }
        if (close == Verdict.FAILED) {
            return new Judgement(
                    Verdict.FAILED,
                    "closing " + result.behaviorClose().label() + ": " + result.resultClose(),
                    result.expectedClose(),
                    result.remoteCloseCode().isPresent()
                            ? "close " + result.remoteCloseCode().getAsInt()
                            : "no close code");
        }
        return switch (behavior) {
            case WARNED ->
                new Judgement(Verdict.WARNED, result.behavior().label() + ": " + result.result(), expected, received);
            case OBSERVED -> Judgement.of(Verdict.OBSERVED, "came: " + received + "; " + result.resultClose());
            default -> Judgement.of(Verdict.PASSED, "");
        };
    }

    private static Verdict verdict(Behavior behavior) {
        return switch (behavior) {
            case OK -> Verdict.PASSED;
            case NON_STRICT -> Verdict.WARNED;
            case INFORMATIONAL -> Verdict.OBSERVED;
            case UNIMPLEMENTED -> Verdict.SKIPPED;
            case FAILED, WRONG_CODE, UNCLEAN, FAILED_BY_CLIENT -> Verdict.FAILED;
        };
    }

    /** The end of a run of these events: all that Autobahn tests is the protocol's. */
    public static RunFinished end(List<CaseFinished> events, Duration duration) {
        List<RunSummary.Result> results =
                events.stream().map(CaseFinished::result).toList();
        return RunFinished.of(RunSummary.of(Profile.PROTOCOL, results, RunSummary.Ending.COMPLETE, duration));
    }
}
