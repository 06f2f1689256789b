package io.wstck.server.scenario;

import io.wstck.server.journal.JournalEntry.Direction;
import io.wstck.server.journal.JournalEntry.EndCause;
import io.wstck.server.journal.JournalEntry.Outcome;
import io.wstck.server.journal.JournalEntry.Stage;
import io.wstck.server.scenario.StepResult.Then;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Plays the steps of one stage, one after the other, and journals how each went. The player's thread only. */
final class StepPlayer {
    private static final String SENT = "sent";

    private final Link link;
    private final Inbox inbox;
    private final ScriptSignal script;
    private final Runnable abandon;
    private final Sender sender;
    private final Expectations expectations;
    private final Flood flood;
    private final Talk talk;
    private final Echoing echoing;

    StepPlayer(Link link, Inbox inbox, Sender sender, PlayerContext context) {
        this.link = link;
        this.inbox = inbox;
        this.script = context.script();
        this.abandon = context.abandon();
        this.sender = sender;
        this.talk = new Talk(link, inbox, sender, script);
        this.echoing = new Echoing(link, inbox, sender, script);
        this.flood = new Flood(link, script);
        this.expectations = new Expectations(link, inbox, script);
    }

    /** Plays {@code steps} from {@code first} on, until one of them ends the scenario; what followed the last one played. */
    Then play(Stage stage, List<Step> steps, int first) throws InterruptedException {
        Plan plan = new Plan(stage, steps, first);
        inbox.follow(plan);
        Then then = Then.NEXT_STEP;
        while (!plan.done() && then == Then.NEXT_STEP) {
            StepResult result = play(plan);
            finish(stage, plan, result);
            then = result.then();
            plan.advance();
        }
        if (then == Then.REST_NOT_REACHED) {
            notReached(stage, plan);
        }
        inbox.followNothing();
        return then;
    }

    /** No step of that stage will be played: those that matter have failed, or a case would pass without them. */
    void notReached(Stage stage, List<Step> steps) {
        notReached(stage, new Plan(stage, steps, 0));
    }

    private void notReached(Stage stage, Plan plan) {
        for (; !plan.done(); plan.advance()) {
            if (plan.step().matters()) {
                journal(
                        stage,
                        plan,
                        StepResult.failed("this step, played", "not reached: the scenario ended before it"));
                script.failStep();
            }
        }
    }

    private void finish(Stage stage, Plan plan, StepResult result) {
        journal(stage, plan, result);
        if (result.outcome() == Outcome.FAILED && endsConnection(plan.step())) {
            link.release(EndCause.STEP_NOT_MET);
            abandon.run();
        } else if (result.outcome() == Outcome.FAILED) {
            script.failStep();
        }
    }

    /**
     * Whether a failed step ends the connection: what later steps would send cannot come any more, and the script must not wait for it.
     * A script that has ended waits for nothing; then only something that contradicts the step ends the connection, so that the journal
     * is the same whether the script or the step was first to fail. A conversation ends with a close frame that gives the reason.
     */
    private boolean endsConnection(Step step) {
        return !link.over() && !(step instanceof Step.Converse) && (!script.ended() || inbox.handedEvent());
    }

    private void journal(Stage stage, Plan plan, StepResult result) {
        link.log()
                .step(
                        stage,
                        plan.index(),
                        plan.step().op(),
                        result.outcome(),
                        result.timing(),
                        result.expected(),
                        result.actual());
    }

    private StepResult play(Plan plan) throws InterruptedException {
        return switch (plan.step()) {
            case Step.Send send -> sent(flushed(sender.send(send)), plan);
            case Step.SendUntilBlocked until -> flood.play(until);
            case Step.SendBytesUntilBlocked until -> flood.play(until);
            case Step.Drip drip -> sent(drip(drip), plan);
            case Step.Expectation expectation -> expectations.play(expectation);
            case Step.Echo echo -> echoing.play(echo, plan);
            case Step.Converse converse -> talk.play(converse);
            case Step.Tell tell -> tell(tell, plan);
            case Step.Pause pause -> pause(pause.time());
            case Step.Signal signal -> {
                script.raise(signal.name());
                yield StepResult.met("the signal " + signal.name(), "given");
            }
            case Step.Await await -> await(await);
            case Step.StopReading _ -> {
                link.stopReading();
                yield StepResult.met("reading stopped", "stopped");
            }
            case Step.ResumeReading _ -> {
                link.resumeReading();
                yield StepResult.met("reading resumed", "resumed");
            }
            case Step.EndTcp end -> {
                link.end(end.how());
                yield StepResult.met("TCP ended by the server", "ended");
            }
            case Step.Hang _ -> hang();
        };
    }

    /** Queues the first {@code count} steps, all of them sends, to leave in one write with what is queued before them. */
    void glue(List<Step> steps, int count) throws InterruptedException {
        Plan plan = new Plan(Stage.FRAMES, steps, 0);
        for (int i = 0; i < count; i++, plan.advance()) {
            StepResult result = steps.get(i) instanceof Step.Send send
                    ? sent(sender.send(send), plan)
                    : StepResult.failed("a send step", steps.get(i).op());
            finish(Stage.FRAMES, plan, result);
        }
    }

    private Written flushed(Written written) throws InterruptedException {
        return written == Written.SENT ? link.flush() : written;
    }

    private Written drip(Step.Drip step) throws InterruptedException {
        Bytes content = step.payload().content();
        link.log().bytes(Direction.OUT, link.log().evidenceOf(content));
        for (int i = 0; i < content.length(); i++) {
            Written written = flushed(link.part(content.slice(i, i + 1)));
            if (written != Written.SENT) {
                return written;
            }
            if (i < content.length() - 1) {
                idle(step.every());
            }
            if (script.ended()) {
                return Written.SENT;
            }
        }
        return Written.SENT;
    }

    /** A send is judged by whether the client was still there to be sent to; where a later step judges that, by none. */
    private StepResult sent(Written written, Plan plan) {
        boolean afterClose = link.closing() == Closing.SENT || link.closing() == Closing.BOTH;
        return switch (written) {
            case SENT -> StepResult.met(SENT, SENT);
            case NOT_NEGOTIATED ->
                StepResult.failed(SENT, "not sent: permessage-deflate is not in force on this connection");
            case TOO_FEW_FRAMES -> StepResult.failed(SENT, "not sent: too few fragments for the interleaved steps");
            case STALLED -> StepResult.metAsTheLast(SENT, "sent in part: the client stopped reading");
            case CLIENT_GONE -> {
                String close = link.clientClose()
                        .map(status -> ", after " + status.describe() + " of the client")
                        .orElse("");
                String actual = "not sent in full: the connection had ended" + close;
                // Before the handshake is done to leave is a way to refuse it, which the script's own checks judge.
                yield afterClose || plan.judgesEndLater() || plan.stage() == Stage.TCP
                        ? StepResult.met(SENT, actual)
                        : StepResult.failed(SENT, actual);
            }
        };
    }

    private StepResult pause(Duration time) throws InterruptedException {
        idle(time);
        return StepResult.met(time.toMillis() + " ms", "paused");
    }

    private StepResult await(Step.Await step) throws InterruptedException {
        String expected = "the signal " + step.name();
        Deadline within = Deadline.in(step.within());
        try (ScriptSignal.Watch _ = script.watch(link::wake)) {
            inbox.idle(() -> script.raised(step.name()) || script.stepFailed()
                    ? Deadline.in(Duration.ZERO)
                    : within.earlier(script.grace()));
        }
        if (script.raised(step.name())) {
            return StepResult.met(expected, "given");
        }
        if (link.over()) {
            return StepResult.failed(expected, "none: the connection had ended");
        }
        return script.stepFailed()
                ? StepResult.failed(expected, "none: a step of another connection was not met")
                : StepResult.overdue(expected, "none: not in time");
    }

    private StepResult tell(Step.Tell step, Plan plan) throws InterruptedException {
        CompletableFuture<Step.Send> news = step.news();
        CompletableFuture<Void> woken = news.thenRun(link::wake);
        inbox.idle(() -> news.isDone() ? Deadline.in(Duration.ZERO) : script.grace());
        woken.cancel(false);
        return news.isDone() && !link.over()
                ? sent(flushed(sender.send(news.join())), plan)
                : StepResult.failed("something to say", link.over() ? "the connection had ended" : "nothing");
    }

    private StepResult hang() throws InterruptedException {
        inbox.idle(link.untilScriptEnds(script));
        return StepResult.met("nothing until the script has ended", "hung");
    }

    private void idle(Duration time) throws InterruptedException {
        Deadline until = Deadline.in(time);
        inbox.idle(() -> script.ended() ? Deadline.in(Duration.ZERO) : until);
    }
}
