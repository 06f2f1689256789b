package io.wstck.server.scenario;

import io.wstck.server.journal.JournalEntry.ScenarioStage;
import io.wstck.server.wire.DiscardReason;
import java.util.List;

/** Keeps the steps of a stage and the index of the current one, and tells which events later steps want. One thread. */
final class StageProgress {
    private final ScenarioStage stage;
    private final List<Step> steps;
    private int current;

    StageProgress(ScenarioStage stage, List<Step> steps, int first) {
        this.stage = stage;
        this.steps = steps;
        this.current = first;
    }

    /** A stage without steps: no step wants any event. */
    static StageProgress empty() {
        return new StageProgress(ScenarioStage.FRAMES, List.of(), 0);
    }

    ScenarioStage stage() {
        return stage;
    }

    boolean done() {
        return current >= steps.size();
    }

    Step step() {
        return steps.get(current);
    }

    int index() {
        return current;
    }

    void advance() {
        current++;
    }

    /** Whether a step after the current one wants {@code event}. */
    boolean laterStepWants(InboundEvent event) {
        return laterSteps().stream().anyMatch(step -> wants(step, event));
    }

    /**
     * Whether the next waiting step expects the client to fail the connection. Any other event before that counts
     * against the client.
     */
    boolean expectsFailureNext() {
        if (!done() && waits(step())) {
            return false;
        }
        return laterSteps().stream().filter(StageProgress::waits).findFirst().orElse(null) instanceof Step.ExpectFailed;
    }

    private List<Step> laterSteps() {
        return steps.subList(Math.min(current + 1, steps.size()), steps.size());
    }

    /** Whether a step after the current one judges the end of the connection. */
    boolean laterStepJudgesEnd() {
        return laterSteps().stream()
                .anyMatch(step -> step instanceof Step.ExpectFailed
                        || step instanceof Step.ExpectEnd
                        || step instanceof Step.ExpectClose);
    }

    private static boolean waits(Step step) {
        return step instanceof Step.Expectation || answersMessages(step) || step instanceof Step.Hang;
    }

    /** Whether the step answers any number of messages. */
    private static boolean answersMessages(Step step) {
        return step instanceof Step.Echo || step instanceof Step.Converse;
    }

    private static boolean wants(Step step, InboundEvent event) {
        return switch (event) {
            case InboundEvent.Request _ -> step instanceof Step.ExpectRequest;
            case InboundEvent.RequestTooLong _ -> step instanceof Step.ExpectRequest;
            case InboundEvent.ReceivedMessage _ -> step instanceof Step.ExpectMessage || answersMessages(step);
            case InboundEvent.UnassembledMessage untaken ->
                untaken.reason() == DiscardReason.TOO_LONG
                        && (step instanceof Step.ExpectMessage || answersMessages(step));
            case InboundEvent.CorruptMessage _, InboundEvent.EarlyBytesOverflow _ ->
                step instanceof Step.ExpectMessage || answersMessages(step);
            case InboundEvent.Violated _ -> answersMessages(step);
            case InboundEvent.Ping _ -> step instanceof Step.ExpectPing;
            case InboundEvent.Pong _ -> step instanceof Step.ExpectPong;
            case InboundEvent.Close _ ->
                step instanceof Step.ExpectClose
                        || step instanceof Step.ExpectFailed
                        || step instanceof Step.ExpectEnd
                        || answersMessages(step);
            case InboundEvent.TcpEnded _ ->
                step instanceof Step.ExpectFailed || step instanceof Step.ExpectEnd || answersMessages(step);
        };
    }
}
