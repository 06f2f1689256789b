package io.wstck.server.scenario;

import io.wstck.server.journal.JournalEntry.Stage;
import io.wstck.server.wire.NotTaken;
import java.util.List;

/** The steps of a stage and how far they have been played: it knows what later steps have a use for. One thread. */
final class Plan {
    private final Stage stage;
    private final List<Step> steps;
    private int current;

    Plan(Stage stage, List<Step> steps, int first) {
        this.stage = stage;
        this.steps = steps;
        this.current = first;
    }

    /** A plan without any step: everything that comes is unmentioned. */
    static Plan nothing() {
        return new Plan(Stage.FRAMES, List.of(), 0);
    }

    Stage stage() {
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

    /** Whether a step after the current one wants {@code event}; then it is kept for that step. */
    boolean mentionsLater(Inbound event) {
        return later().stream().anyMatch(step -> wants(step, event));
    }

    /** Whether the next step that waits wants the client to fail the connection: what comes before it counts against the client. */
    boolean failsNext() {
        if (!done() && waits(step())) {
            return false;
        }
        return later().stream().filter(Plan::waits).findFirst().orElse(null) instanceof Step.ExpectFailed;
    }

    private List<Step> later() {
        return steps.subList(Math.min(current + 1, steps.size()), steps.size());
    }

    /** Whether a step later than the current one judges how the connection ended. */
    boolean judgesEndLater() {
        return later().stream()
                .anyMatch(step -> step instanceof Step.ExpectFailed
                        || step instanceof Step.ExpectEnd
                        || step instanceof Step.ExpectClose);
    }

    private static boolean waits(Step step) {
        return step instanceof Step.Expectation || talks(step) || step instanceof Step.Hang;
    }

    /** Whether the step answers messages, however many come. */
    private static boolean talks(Step step) {
        return step instanceof Step.Echo || step instanceof Step.Converse;
    }

    private static boolean wants(Step step, Inbound event) {
        return switch (event) {
            case Inbound.Request _ -> step instanceof Step.ExpectRequest;
            case Inbound.RequestTooLong _ -> step instanceof Step.ExpectRequest;
            case Inbound.Data _ -> step instanceof Step.ExpectMessage || talks(step);
            case Inbound.Untaken untaken ->
                untaken.why() == NotTaken.TOO_LONG && (step instanceof Step.ExpectMessage || talks(step));
            case Inbound.Broken _, Inbound.TooEarly _ -> step instanceof Step.ExpectMessage || talks(step);
            case Inbound.Ping _ -> step instanceof Step.ExpectPing;
            case Inbound.Pong _ -> step instanceof Step.ExpectPong;
            case Inbound.Close _ ->
                step instanceof Step.ExpectClose
                        || step instanceof Step.ExpectFailed
                        || step instanceof Step.ExpectEnd
                        || talks(step);
            case Inbound.Ended _ -> step instanceof Step.ExpectFailed || step instanceof Step.ExpectEnd || talks(step);
        };
    }
}
