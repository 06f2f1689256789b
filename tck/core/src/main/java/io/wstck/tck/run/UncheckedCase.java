package io.wstck.tck.run;

import io.wstck.server.journal.JournalEntry;
import io.wstck.server.journal.JournalEntry.ScenarioStage;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.Step;
import io.wstck.tck.cases.CaseServers;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.CheckKind;
import io.wstck.tck.judge.NamedCheck;
import java.util.List;
import java.util.Optional;

/**
 * Finds a case whose author checked nothing: no check of the script or over the wire, and no step that expects
 * something of the client. Any client would pass it. Stateless.
 */
final class UncheckedCase {
    private UncheckedCase() {}

    /**
     * Returns a sentence for the author if the case checked nothing. A failed check is a result, even one of the kit.
     *
     * @param observations the texts that the case observed; they are the result of a case of the level <em>may</em>
     */
    static Optional<String> problem(TestCase testCase, List<Check> checks, List<String> observations) {
        boolean observes = testCase.level() == Level.MAY && !observations.isEmpty();
        if (observes || checks.stream().anyMatch(check -> !check.met() || isOfAuthor(check, testCase.servers()))) {
            return Optional.empty();
        }
        return Optional.of(testCase.position() + ": the case " + testCase.id()
                + " makes no check, so any client would pass it; add a check to client or wire");
    }

    private static boolean isOfAuthor(Check check, Optional<CaseServers> servers) {
        return switch (check.kind()) {
            case NamedCheck named -> demands(named);
            case CheckKind.Step(JournalEntry.StepDone done) -> demands(done, servers);
            case CheckKind.Violation _ -> false;
            case CheckKind.Other _ -> true;
        };
    }

    /** The rows of a transcript and the checks of the kit itself demand nothing for the author. */
    private static boolean demands(NamedCheck check) {
        return switch (check) {
            case CALL, ATTEMPT, ERROR, INTERRUPT, TIME_LIMIT, CLIENT_MADE, CLIENT_LET_GO, JOURNAL, REACHED -> false;
            case CONNECT,
                    CONTROL_CONNECTION,
                    ALIVE,
                    ATTRIBUTES,
                    RETURNS,
                    FAILS,
                    FAILS_CONNECTION,
                    MESSAGE,
                    CLOSED,
                    TAKES,
                    TOOK,
                    EQUAL,
                    OK,
                    ACCEPT,
                    CLIENT_CLOSED,
                    RECEIVED,
                    NO_FRAMES,
                    OFFER,
                    PINGS,
                    PONGS,
                    CONNECTIONS,
                    REQUEST,
                    ENDED_CLEANLY,
                    SERVER_ENDED_FIRST,
                    ALONE,
                    COMPRESSED -> true;
        };
    }

    private static boolean demands(JournalEntry.StepDone done, Optional<CaseServers> servers) {
        if (done.step().isExpectation()) {
            return true;
        }
        return switch (done.step()) {
            case FENCE, CONVERSE, SEND_UNTIL_BLOCKED, SEND_BYTES_UNTIL_BLOCKED -> true;
            case ECHO ->
                servers.flatMap(known -> step(done, known))
                        .filter(UncheckedCase::hasCount)
                        .isPresent();
            default -> false;
        };
    }

    private static boolean hasCount(Step step) {
        return step instanceof Step.Echo echo && echo.count().isPresent();
    }

    /** Returns the step of the case that a journal entry is about. The steps of an endpoint are not in the case. */
    private static Optional<Step> step(JournalEntry.StepDone done, CaseServers servers) {
        return done.stamp()
                .connection()
                .map(connection -> servers.session().servers().get(connection.server()))
                .filter(Scenario.class::isInstance)
                .map(Scenario.class::cast)
                .map(scenario -> done.stage() == ScenarioStage.TCP ? scenario.tcp() : scenario.frames())
                .filter(steps -> done.index() < steps.size())
                .map(steps -> steps.get(done.index()));
    }
}
