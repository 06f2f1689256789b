package io.wstck.server.scenario;

import java.util.Optional;

/** Plays {@link Step.Echo}. The player's thread only. */
final class Echoing {
    private final Link link;
    private final Inbox inbox;
    private final Sender sender;
    private final ScriptSignal script;

    Echoing(Link link, Inbox inbox, Sender sender, ScriptSignal script) {
        this.link = link;
        this.inbox = inbox;
        this.sender = sender;
        this.script = script;
    }

    StepResult play(Step.Echo step, Plan plan) throws InterruptedException {
        int wanted = step.count().orElse(Integer.MAX_VALUE);
        for (int done = 0; done < wanted; done++) {
            Optional<Inbound> event = inbox.await(Inbound::concernsMessages, link.untilScriptEnds(script));
            if (event.isEmpty()) {
                return unlessCounted(step, done + " echoed", StepResult::met);
            }
            if (!(event.get() instanceof Inbound.Data data)) {
                return ended(step, plan, done, event.get());
            }
            if (sender.echo(data) != Written.SENT) {
                Outcome gone = plan.judgesEndLater() ? StepResult::met : StepResult::metAsTheLast;
                return unlessCounted(step, done + " echoed, then the client was gone", gone);
            }
        }
        var _ = link.flush();
        return StepResult.met(expected(step), wanted + " echoed");
    }

    private static String expected(Step.Echo step) {
        return step.count().isPresent()
                ? step.count().getAsInt() + " messages, echoed"
                : "messages, echoed until a close";
    }

    private interface Outcome {
        StepResult of(String expected, String actual);
    }

    /** A count that was not reached is a failure, however it came about. */
    private static StepResult unlessCounted(Step.Echo step, String actual, Outcome uncounted) {
        return step.count().isPresent()
                ? StepResult.failed(expected(step), actual)
                : uncounted.of(expected(step), actual);
    }

    private StepResult ended(Step.Echo step, Plan plan, int done, Inbound event) throws InterruptedException {
        String actual = done + " echoed, then " + event.describe();
        boolean ends = event instanceof Inbound.Close || event instanceof Inbound.Ended;
        if (ends && step.count().isEmpty() && plan.judgesEndLater()) {
            inbox.putBack(event);
            return StepResult.met(expected(step), actual);
        }
        inbox.giveUp(event);
        return ends ? unlessCounted(step, actual, StepResult::metAsTheLast) : StepResult.failed(expected(step), actual);
    }
}
