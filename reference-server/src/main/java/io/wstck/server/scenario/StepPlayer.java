package io.wstck.server.scenario;

import io.wstck.server.journal.JournalEntry.Direction;
import io.wstck.server.journal.JournalEntry.EndCause;
import io.wstck.server.journal.JournalEntry.ScenarioStage;
import io.wstck.server.journal.JournalEntry.StepOutcome;
import io.wstck.server.scenario.StepResult.NextAction;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Plays the steps of one stage in their order and journals their results. The player's thread only. */
final class StepPlayer {
    private static final String SENT = "sent";

    private final PlayedConnection connection;
    private final EventInbox inbox;
    private final SessionSignals signals;
    private final Runnable abandonSession;
    private final Sender sender;
    private final ExpectationPlayer expectations;
    private final FloodPlayer floods;
    private final ConversationPlayer conversations;
    private final EchoPlayer echoes;

    StepPlayer(PlayedConnection connection, EventInbox inbox, Sender sender, PlayerContext context) {
        this.connection = connection;
        this.inbox = inbox;
        this.signals = context.signals();
        this.abandonSession = context.abandonSession();
        this.sender = sender;
        this.conversations = new ConversationPlayer(connection, inbox, sender, signals);
        this.echoes = new EchoPlayer(connection, inbox, sender);
        this.floods = new FloodPlayer(connection, signals);
        this.expectations = new ExpectationPlayer(connection, inbox, signals);
    }

    /**
     * Plays {@code steps} from index {@code first} until one of them ends the scenario. Returns what follows the last
     * one played.
     */
    NextAction play(ScenarioStage stage, List<Step> steps, int first) throws InterruptedException {
        StageProgress progress = new StageProgress(stage, steps, first);
        inbox.beginStage(progress);
        NextAction then = NextAction.NEXT_STEP;
        while (!progress.done() && then == NextAction.NEXT_STEP) {
            StepResult result = play(progress);
            recordResult(stage, progress, result);
            then = result.nextAction();
            progress.advance();
        }
        if (then == NextAction.REST_NOT_REACHED) {
            journalNotReached(stage, progress);
        }
        inbox.endStage();
        return then;
    }

    /**
     * Journals the steps of a stage that will not be played. Steps that matter fail; otherwise a case would pass
     * without them.
     */
    void journalNotReached(ScenarioStage stage, List<Step> steps) {
        journalNotReached(stage, new StageProgress(stage, steps, 0));
    }

    private void journalNotReached(ScenarioStage stage, StageProgress progress) {
        for (; !progress.done(); progress.advance()) {
            if (progress.step().matters()) {
                journal(
                        stage,
                        progress,
                        StepResult.failed("this step, played", "not reached: the scenario ended before it"));
                signals.markStepFailed();
            }
        }
    }

    private void recordResult(ScenarioStage stage, StageProgress progress, StepResult result) {
        journal(stage, progress, result);
        if (result.outcome() == StepOutcome.FAILED && endsConnection(progress.step())) {
            connection.reset(EndCause.STEP_NOT_MET);
            abandonSession.run();
        } else if (result.outcome() == StepOutcome.FAILED) {
            signals.markStepFailed();
        }
    }

    /**
     * Whether a failed step ends the connection. The later steps will not be played, and the script must not wait for
     * them. After the end of the script only an event that contradicts the step ends the connection. So the journal
     * does not depend on whether the script or the step failed first. A conversation does not, because it sends a close
     * frame with the reason.
     */
    private boolean endsConnection(Step step) {
        return !connection.isOver()
                && !(step instanceof Step.Converse)
                && (!signals.scriptEnded() || inbox.deliveredEvent());
    }

    private void journal(ScenarioStage stage, StageProgress progress, StepResult result) {
        connection
                .log()
                .step(
                        stage,
                        progress.index(),
                        progress.step().kind(),
                        result.outcome(),
                        result.timing(),
                        result.expected(),
                        result.actual());
    }

    private StepResult play(StageProgress progress) throws InterruptedException {
        return switch (progress.step()) {
            case Step.Send send -> resultOfSend(flushIfSent(sender.send(send)), progress);
            case Step.SendUntilBlocked until -> floods.play(until);
            case Step.SendBytesUntilBlocked until -> floods.play(until);
            case Step.Drip drip -> resultOfSend(drip(drip), progress);
            case Step.Expectation expectation -> expectations.play(expectation);
            case Step.Echo echo -> echoes.play(echo, progress);
            case Step.Converse converse -> conversations.play(converse);
            case Step.Tell tell -> tell(tell, progress);
            case Step.Pause pause -> pause(pause.time());
            case Step.Signal signal -> {
                signals.giveSignal(signal.name());
                yield StepResult.met("the signal " + signal.name(), "given");
            }
            case Step.Await await -> await(await);
            case Step.StopReading _ -> {
                connection.tcp().stopReading();
                yield StepResult.met("reading stopped", "stopped");
            }
            case Step.ResumeReading _ -> {
                connection.tcp().resumeReading();
                yield StepResult.met("reading resumed", "resumed");
            }
            case Step.EndTcp end -> {
                connection.endTcp(end.how());
                yield StepResult.met("TCP ended by the server", "ended");
            }
            case Step.Hang _ -> hang();
        };
    }

    /**
     * Queues the first {@code count} steps, which all send. They leave in one write with the bytes that are already
     * queued.
     */
    void glue(List<Step> steps, int count) throws InterruptedException {
        StageProgress progress = new StageProgress(ScenarioStage.FRAMES, steps, 0);
        for (int i = 0; i < count; i++, progress.advance()) {
            StepResult result = steps.get(i) instanceof Step.Send send
                    ? resultOfSend(sender.send(send), progress)
                    : StepResult.failed("a send step", steps.get(i).kind().word());
            recordResult(ScenarioStage.FRAMES, progress, result);
        }
    }

    private SendResult flushIfSent(SendResult written) throws InterruptedException {
        return written == SendResult.SENT ? connection.flush() : written;
    }

    private SendResult drip(Step.Drip step) throws InterruptedException {
        Bytes content = step.payload().content();
        connection.log().bytes(Direction.OUT, connection.log().evidenceOf(content));
        for (int i = 0; i < content.length(); i++) {
            SendResult written = flushIfSent(connection.queuePart(content.slice(i, i + 1)));
            if (written != SendResult.SENT) {
                return written;
            }
            if (i < content.length() - 1) {
                readFor(step.every());
            }
            if (signals.scriptEnded()) {
                return SendResult.SENT;
            }
        }
        return SendResult.SENT;
    }

    /** The result of a step that sends. It fails when the client was gone, unless a later step judges the end. */
    private StepResult resultOfSend(SendResult written, StageProgress progress) {
        boolean afterClose = connection.closing().sent().isPresent();
        return switch (written) {
            case SENT -> StepResult.met(SENT, SENT);
            case NOT_NEGOTIATED ->
                StepResult.failed(SENT, "not sent: permessage-deflate is not in force on this connection");
            case TOO_FEW_FRAMES -> StepResult.failed(SENT, "not sent: too few fragments for the interleaved steps");
            case STALLED -> StepResult.metAsLast(SENT, "sent in part: the client stopped reading");
            case CLIENT_GONE -> {
                String close = connection
                        .clientClose()
                        .map(status -> ", after " + status.describe() + " of the client")
                        .orElse("");
                String actual = "not sent in full: the connection had ended" + close;
                // Before the end of the handshake a client may leave to refuse it. The script's checks judge that.
                yield afterClose || progress.laterStepJudgesEnd() || progress.stage() == ScenarioStage.TCP
                        ? StepResult.met(SENT, actual)
                        : StepResult.failed(SENT, actual);
            }
        };
    }

    private StepResult pause(Duration time) throws InterruptedException {
        readFor(time);
        return StepResult.met(time.toMillis() + " ms", "paused");
    }

    private StepResult await(Step.Await step) throws InterruptedException {
        String expected = "the signal " + step.name();
        Deadline within = Deadline.in(step.within());
        try (SessionSignals.SignalSubscription _ = signals.subscribe(connection.tcp()::wake)) {
            inbox.idle(() -> signals.isGiven(step.name()) || signals.stepFailed()
                    ? Deadline.in(Duration.ZERO)
                    : within.earlier(signals.graceDeadline()));
        }
        if (signals.isGiven(step.name())) {
            return StepResult.met(expected, "given");
        }
        if (connection.isOver()) {
            return StepResult.failed(expected, "none: the connection had ended");
        }
        return signals.stepFailed()
                ? StepResult.failed(expected, "none: a step of another connection was not met")
                : StepResult.overdue(expected, "none: not in time");
    }

    private StepResult tell(Step.Tell step, StageProgress progress) throws InterruptedException {
        CompletableFuture<Step.Send> news = step.message();
        CompletableFuture<Void> woken = news.thenRun(connection.tcp()::wake);
        inbox.idle(() -> news.isDone() ? Deadline.in(Duration.ZERO) : signals.graceDeadline());
        woken.cancel(false);
        return news.isDone() && !connection.isOver()
                ? resultOfSend(flushIfSent(sender.send(news.join())), progress)
                : StepResult.failed("something to say", connection.isOver() ? "the connection had ended" : "nothing");
    }

    private StepResult hang() throws InterruptedException {
        inbox.idle(connection.scriptEndDeadline());
        return StepResult.met("nothing until the script has ended", "hung");
    }

    private void readFor(Duration time) throws InterruptedException {
        Deadline until = Deadline.in(time);
        inbox.idle(() -> signals.scriptEnded() ? Deadline.in(Duration.ZERO) : until);
    }
}
