package io.wstck.server.scenario;

import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.RecordedPayload;
import io.wstck.server.wire.Rule;
import io.wstck.server.wire.Violation;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Plays {@link Step.Echo}: sends the client's messages back, up to a count or until the end, and judges the step. The
 * player's thread only, or an I/O thread while that one waits.
 */
final class EchoPlayer {
    private static final int PROTOCOL_ERROR = 1002;
    private static final int NOT_UTF8 = 1007;
    private static final int LAST_ASSIGNED = 1014;
    private static final int FIRST_OF_LIBRARIES = 3000;

    private final PlayedConnection connection;
    private final EventInbox inbox;
    private final Sender sender;
    /** The messages that the current step has echoed, on either thread. */
    private int echoed;

    EchoPlayer(PlayedConnection connection, EventInbox inbox, Sender sender) {
        this.connection = connection;
        this.inbox = inbox;
        this.sender = sender;
    }

    StepResult play(Step.Echo step, StageProgress progress) throws InterruptedException {
        echoed = 0;
        // With a count, the last echo ends the step, which only the player can do.
        if (step.count().isPresent() || !isShortWork()) {
            return echo(step, progress);
        }
        connection.workWhileWaiting(Optional.of(() -> connection.takeAvailable(this::echoAtOnce)));
        try {
            return echo(step, progress);
        } finally {
            connection.workWhileWaiting(Optional.empty());
        }
    }

    /** Whether decoding is short enough for an I/O thread: it computes no digest, and inflates nothing. */
    private boolean isShortWork() {
        return connection.log().digest() == RecordedPayload.DigestMode.SKIPPED && !sender.compresses();
    }

    /**
     * Echoes a short message without a wait, on the I/O thread: the player's thread need not wake up for it. Returns
     * false for any other event.
     */
    private boolean echoAtOnce(InboundEvent event) {
        if (!(event instanceof InboundEvent.ReceivedMessage data)
                || data.message().content().length() + FrameHeader.MAX_BYTES
                        > connection.tcp().room()) {
            return false;
        }
        try {
            if (sender.echo(data) != SendResult.SENT) {
                throw new IllegalStateException("expected room for an echo in the queue of the connection");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("expected an echo that does not wait", e);
        }
        connection.releaseMemory(data);
        echoed++;
        return true;
    }

    private StepResult echo(Step.Echo step, StageProgress progress) throws InterruptedException {
        int wanted = step.count().orElse(Integer.MAX_VALUE);
        for (; echoed < wanted; echoed++) {
            Optional<InboundEvent> event = inbox.await(InboundEvent::concernsMessages, connection.scriptEndDeadline());
            if (event.isEmpty()) {
                return earlyResult(step, echoed + " echoed", StepResult::met);
            }
            OptionalInt failure = failureCode(step, event.get());
            if (failure.isPresent()) {
                fail(failure.getAsInt());
                return earlyResult(step, echoed + " echoed, then " + event.get().describe(), StepResult::met);
            }
            if (!(event.get() instanceof InboundEvent.ReceivedMessage data)) {
                return ended(step, progress, event.get());
            }
            if (sender.echo(data) != SendResult.SENT) {
                ResultFactory gone = progress.laterStepJudgesEnd() ? StepResult::met : StepResult::metAsLast;
                return earlyResult(step, echoed + " echoed, then the client was gone", gone);
            }
        }
        var _ = connection.flush();
        return StepResult.met(expected(step), wanted + " echoed");
    }

    /** The code with which the server fails the connection at this event (RFC 6455 §7.4.1); empty if it does not. */
    private static OptionalInt failureCode(Step.Echo step, InboundEvent event) {
        if (step.onViolation() == Step.Echo.OnViolation.PLAY_ON) {
            return OptionalInt.empty();
        }
        return switch (event) {
            case InboundEvent.Violated(Violation violation) ->
                OptionalInt.of(violation.rule() == Rule.TEXT_NOT_UTF8 ? NOT_UTF8 : PROTOCOL_ERROR);
            case InboundEvent.Close(CloseStatus status)
            when isUnassigned(status.code()) -> OptionalInt.of(PROTOCOL_ERROR);
            default -> OptionalInt.empty();
        };
    }

    /** Whether the code is reserved for the protocol (RFC 6455 §7.4.2), and no RFC or registry has assigned it. */
    private static boolean isUnassigned(OptionalInt code) {
        return code.isPresent() && code.getAsInt() > LAST_ASSIGNED && code.getAsInt() < FIRST_OF_LIBRARIES;
    }

    /** Fails the connection (RFC 6455 §7.1.7). */
    private void fail(int code) throws InterruptedException {
        var _ = connection.sendFrame(Opcode.CLOSE, CloseStatus.of(code, "").payload());
        connection.endTcp(TcpEnd.FIN);
    }

    private static String expected(Step.Echo step) {
        return step.count().isPresent()
                ? step.count().getAsInt() + " messages, echoed"
                : "messages, echoed until a close";
    }

    private interface ResultFactory {
        StepResult of(String expected, String actual);
    }

    /** The result of an echo step that ended early. It has failed if the step has a count. */
    private static StepResult earlyResult(Step.Echo step, String actual, ResultFactory uncounted) {
        return step.count().isPresent()
                ? StepResult.failed(expected(step), actual)
                : uncounted.of(expected(step), actual);
    }

    private StepResult ended(Step.Echo step, StageProgress progress, InboundEvent event) throws InterruptedException {
        String actual = echoed + " echoed, then " + event.describe();
        boolean ends = event instanceof InboundEvent.Close || event instanceof InboundEvent.TcpEnded;
        if (ends && step.count().isEmpty() && progress.laterStepJudgesEnd()) {
            inbox.putBack(event);
            return StepResult.met(expected(step), actual);
        }
        inbox.answerByDefault(event);
        return ends ? earlyResult(step, actual, StepResult::metAsLast) : StepResult.failed(expected(step), actual);
    }
}
