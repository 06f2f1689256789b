package io.wstck.tck.autobahn;

import io.wstck.tck.autobahn.PermittedOutcome.OptionalEvents;
import io.wstck.tck.autobahn.VerdictRules.Subject;
import io.wstck.tck.autobahn.exchange.Exchange;
import io.wstck.tck.autobahn.exchange.ExchangeAction;
import io.wstck.tck.autobahn.exchange.OutFrame;
import io.wstck.tck.autobahn.exchange.WriteChunking;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Builds an Autobahn case from the kit's actions, the permitted outcomes and the required end of the connection. If a
 * permitted outcome has no echo, the case first proves the connection alive, so that a peer that never sends anything
 * cannot pass. One thread.
 */
final class AutobahnCaseBuilder {
    /** The time limit for a peer to fail a connection. */
    static final Duration FAIL_WAIT = Duration.ofSeconds(2);

    /** The time limit for a peer to answer a short message. */
    static final Duration ECHO_WAIT = Duration.ofSeconds(10);

    static final int NORMAL = 1000;
    static final int PROTOCOL_ERROR = 1002;
    static final int NOT_UTF8 = 1007;

    private static final String RACE =
            "The {peer} left out answers that were due at the end, which RFC 6455 §5.5.1 and §7.1.7 allow.";
    private static final int FEWEST_PROOFS = 2;
    private static final int PROOF_COUNTS = 3;

    private final CaseId id;
    private final String description;
    private final List<ExchangeAction> actions = new ArrayList<>();
    private final List<PermittedOutcome> permitted = new ArrayList<>();

    AutobahnCaseBuilder(CaseId id, String description) {
        this.id = id;
        this.description = description;
    }

    /** Adds frames that the kit sends, as many in one write as fit. */
    AutobahnCaseBuilder send(OutFrame... frames) {
        return send(WriteChunking.together(), frames);
    }

    AutobahnCaseBuilder send(WriteChunking chunking, OutFrame... frames) {
        return action(new ExchangeAction.Send(List.of(frames), chunking));
    }

    AutobahnCaseBuilder action(ExchangeAction action) {
        actions.add(action);
        return this;
    }

    /** Adds events that make the verdict OK. */
    AutobahnCaseBuilder ok(ExpectedEvent... events) {
        permitted.add(PermittedOutcome.ok(List.of(events)));
        return this;
    }

    /**
     * Adds events that make the verdict NON-STRICT, because no text demands the events of OK.
     *
     * @param why a sentence with the text that leaves it open
     */
    AutobahnCaseBuilder nonStrict(String why, ExpectedEvent... events) {
        permitted.add(nonStrict(OptionalEvents.NONE, why, events));
        return this;
    }

    /**
     * Adds events that make the verdict NON-STRICT. They depend on how many of the frames in one write the peer has
     * read before it answers. RFC 6455 §5.5.1 and §7.1.7 demand no answer before the end.
     */
    AutobahnCaseBuilder nonStrictRace(ExpectedEvent... events) {
        return nonStrict(RACE, events);
    }

    /** Permits these pongs, of which each but the last may be missing (RFC 6455 §5.5.3). */
    AutobahnCaseBuilder nonStrictLatestPongs(ExpectedEvent.Pong... pongs) {
        permitted.add(nonStrict(
                OptionalEvents.EARLIER_PONGS,
                "The {peer} has answered the latest ping, and not each of those before it, as RFC 6455 §5.5.3 allows.",
                pongs));
        return this;
    }

    private static PermittedOutcome nonStrict(OptionalEvents optional, String why, ExpectedEvent... events) {
        return new PermittedOutcome(AutobahnVerdict.NON_STRICT, List.of(events), optional, why);
    }

    /** Builds a case: after the events of the first outcome, within {@code limit}, the kit closes. */
    AutobahnCase thenCloses(Duration limit, String expectation) {
        return thenCloses(
                new ExchangeAction.Await(answerCount(permitted.getFirst()) + proofAnswerCount(), limit), expectation);
    }

    /** Builds a case: after that wait the kit closes and the peer answers. */
    AutobahnCase thenCloses(ExchangeAction await, String expectation) {
        action(await);
        send(OutFrame.normalClose());
        return build(expectation, new CloseRule.CleanClose(Set.of(NORMAL)), Subject.MESSAGES);
    }

    /** Sends a close frame with the code 1000. */
    static ExchangeAction.Send closing() {
        return new ExchangeAction.Send(List.of(OutFrame.normalClose()), WriteChunking.together());
    }

    /** Builds a case: the peer must fail the connection with that close code. */
    AutobahnCase fails(Integer code, String expectation) {
        int mostAnswers = permitted.stream()
                .mapToInt(AutobahnCaseBuilder::answerCount)
                .max()
                .orElse(0);
        action(new ExchangeAction.AwaitEnd(mostAnswers + proofAnswerCount(), FAIL_WAIT));
        return build(expectation, new CloseRule.ConnectionFailure(Set.of(code)), Subject.FAILING);
    }

    /** Builds a case: the frames that the kit sends include its close frame. */
    AutobahnCase closes(CloseRule rule, Subject subject, String expectation) {
        return build(expectation, rule, subject);
    }

    /** The number of messages and pongs in the outcome. */
    private static int answerCount(PermittedOutcome outcome) {
        return (int) outcome.events().stream()
                .filter(event -> event instanceof ExpectedEvent.Echo || event instanceof ExpectedEvent.Pong)
                .count();
    }

    private int proofAnswerCount() {
        return needsProof() ? proofCount() : 0;
    }

    private boolean needsProof() {
        return !permitted.stream().allMatch(PermittedOutcome::hasEcho);
    }

    private AutobahnCase build(String expectation, CloseRule rule, Subject subject) {
        List<PermittedOutcome> outcomes = permitted;
        List<ExchangeAction> allActions = actions;
        if (needsProof()) {
            outcomes = permitted.stream().map(this::withProof).toList();
            allActions = new ArrayList<>(proofActions());
            allActions.addAll(actions);
        }
        return new AutobahnCase(
                id,
                description,
                expectation,
                List.of(),
                new Exchange(allActions),
                new VerdictRules(outcomes, rule, subject, allActions.size() - actions.size()));
    }

    /**
     * The number of messages that prove the connection alive. Some cases then only require the end of the connection.
     * The number differs between cases, so that a peer that always ends the connection after a fixed number of
     * messages fails. It is not random, so that a repeated case stays the same.
     */
    private int proofCount() {
        return FEWEST_PROOFS + id.numbers().stream().mapToInt(Integer::intValue).sum() % PROOF_COUNTS;
    }

    private static String proofText(int number) {
        return "alive? " + number;
    }

    private List<ExchangeAction> proofActions() {
        List<ExchangeAction> proofActions = new ArrayList<>();
        for (int number = 1; number <= proofCount(); number++) {
            proofActions.add(
                    new ExchangeAction.Send(List.of(OutFrame.text(proofText(number))), WriteChunking.together()));
            proofActions.add(new ExchangeAction.Await(number, ECHO_WAIT));
        }
        return proofActions;
    }

    private PermittedOutcome withProof(PermittedOutcome outcome) {
        List<ExpectedEvent> echoes = new ArrayList<>();
        for (int number = 1; number <= proofCount(); number++) {
            echoes.add(ExpectedEvent.text(proofText(number)));
        }
        return outcome.precededBy(echoes);
    }
}
