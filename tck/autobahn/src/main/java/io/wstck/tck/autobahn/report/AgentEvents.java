package io.wstck.tck.autobahn.report;

import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnJudge;
import io.wstck.tck.autobahn.AutobahnResult;
import io.wstck.tck.autobahn.AutobahnVerdict;
import io.wstck.tck.autobahn.CaseGroup;
import io.wstck.tck.autobahn.CaseId;
import io.wstck.tck.catalogue.Contract;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.KnownStatus;
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

/** Turns Autobahn verdicts into the kit's events, from which the kit renders its own reports. */
public final class AgentEvents {
    private static final String NOT_PLAYED = "the driver did not play this case to its end";

    private AgentEvents() {}

    /** The events of one agent. A case that was to be played but was not is inconclusive. */
    public static List<CaseFinished> of(List<AutobahnCase> planned, List<CaseSummary> played) {
        return of(planned, played, Map.of());
    }

    /** The same, with the reasons why cases were begun but not judged. */
    static List<CaseFinished> of(List<AutobahnCase> planned, List<CaseSummary> played, Map<CaseId, String> unjudged) {
        Map<CaseId, CaseSummary> byId = played.stream().collect(Collectors.toMap(CaseSummary::id, summary -> summary));
        List<CaseFinished> events = new ArrayList<>();
        for (AutobahnCase testCase : planned) {
            Optional<CaseSummary> summary = Optional.ofNullable(byId.get(testCase.id()));
            Optional<String> reason = Optional.ofNullable(unjudged.get(testCase.id()));
            events.add(summary.map(AgentEvents::of)
                    .orElseGet(() -> reason.map(why -> inconclusive(testCase, why, 1))
                            .orElseGet(() -> inconclusive(testCase, NOT_PLAYED, 0))));
        }
        return events;
    }

    private static CaseFinished of(CaseSummary summary) {
        return event(
                summary.testCase(),
                judgement(summary.result()),
                summary.result().duration(),
                1,
                summary.transcript());
    }

    private static CaseFinished inconclusive(AutobahnCase testCase, String reason, int attempts) {
        return event(testCase, Judgement.of(Verdict.INCONCLUSIVE, reason), Duration.ZERO, attempts, List.of());
    }

    private static CaseFinished event(
            AutobahnCase testCase, Judgement judgement, Duration duration, int attempts, List<String> transcript) {
        return new CaseFinished(
                testCase.id().toString(),
                testCase.description(),
                new CaseFinished.Requirement(
                        clause(testCase.id()),
                        Section.of(testCase.id()).title(),
                        testCase.expectation(),
                        reference(testCase.id())),
                Level.RFC,
                Contract.PROTOCOL,
                judgement,
                AutobahnCauses.of(testCase, judgement),
                duration,
                1,
                attempts,
                "autobahn " + testCase.id(),
                List.of(),
                transcript,
                List.of(),
                "",
                List.of());
    }

    private static String reference(CaseId id) {
        return CaseGroup.of(id).sources() + (id.isBeyond() ? "; wstck " : "; Autobahn ") + id;
    }

    private static String clause(CaseId id) {
        return prefix(id) + id;
    }

    /** The beginning of a clause: {@code autobahn.}, or {@code server.} for the section beyond the original. */
    static String prefix(CaseId id) {
        return id.isBeyond() ? "server." : "autobahn.";
    }

    /** Joins both verdicts. The expected and actual texts are those of the worse one. */
    static Judgement judgement(AutobahnResult result) {
        Verdict behavior = verdict(result.behavior());
        Verdict close = verdict(result.behaviorClose());
        if (behavior == Verdict.SKIPPED && close != Verdict.FAILED) {
            return Judgement.of(Verdict.SKIPPED, "UNIMPLEMENTED: " + result.result());
        }
        String expected = String.join(" | ", result.expected());
        String received = result.received().isEmpty() ? "nothing" : String.join(", ", result.received());
        if (result.behavior() == AutobahnVerdict.FAILED && result.result().equals(AutobahnJudge.WRONG_END)) {
            return wrongEnd(result.behavior().label() + ": " + result.result() + " " + result.resultClose(), result);
        }
        if (behavior == Verdict.FAILED) {
            return finding(
                    Verdict.FAILED,
                    result.behavior().label() + ": " + result.result(),
                    result.difference(),
                    expected,
                    received);
        }
        if (close == Verdict.FAILED) {
            return wrongEnd("closing " + result.behaviorClose().label() + ": " + result.resultClose(), result);
        }
        return switch (behavior) {
            case WARNED ->
                finding(Verdict.WARNED, result.behavior().label() + ": " + result.result(), "", expected, received);
            case OBSERVED -> Judgement.of(Verdict.OBSERVED, "came: " + received + "; " + result.resultClose());
            default -> Judgement.of(Verdict.PASSED, "");
        };
    }

    /** A failure by the end of the connection. */
    private static Judgement wrongEnd(String reason, AutobahnResult result) {
        return finding(
                Verdict.FAILED,
                reason,
                "",
                result.expectedClose(),
                result.remoteCloseCode().isPresent()
                        ? "close " + result.remoteCloseCode().getAsInt()
                        : "no close code");
    }

    /**
     * A finding. Its signature, which lists of known deviations may name, is the reason without the details.
     *
     * @param details a sentence, or empty
     */
    private static Judgement finding(Verdict verdict, String reason, String details, String expected, String received) {
        String all = details.isEmpty() ? reason : reason + " " + details;
        return new Judgement(verdict, all, expected, received, reason, KnownStatus.UNLISTED);
    }

    private static Verdict verdict(AutobahnVerdict behavior) {
        return switch (behavior) {
            case OK -> Verdict.PASSED;
            case NON_STRICT -> Verdict.WARNED;
            case INFORMATIONAL -> Verdict.OBSERVED;
            case UNIMPLEMENTED -> Verdict.SKIPPED;
            case FAILED, WRONG_CODE, UNCLEAN, FAILED_BY_CLIENT -> Verdict.FAILED;
        };
    }

    /** The end of a run with these events. All Autobahn cases belong to the protocol's contract. */
    public static RunFinished end(List<CaseFinished> events, Duration duration) {
        List<RunSummary.Result> results =
                events.stream().map(CaseFinished::result).toList();
        return RunFinished.of(RunSummary.of(Profile.PROTOCOL, results, RunSummary.Completion.COMPLETE, duration));
    }
}
