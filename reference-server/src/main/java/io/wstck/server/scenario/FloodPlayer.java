package io.wstck.server.scenario;

import io.wstck.server.connection.WriteResult;
import io.wstck.server.journal.JournalEntry.EndCause;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.FrameHeader;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Plays {@link Step.SendUntilBlocked} and {@link Step.SendBytesUntilBlocked}. The bytes are counted and not journaled,
 * because a flood would fill the journal.
 */
final class FloodPlayer {
    private final PlayedConnection connection;
    private final SessionSignals signals;

    FloodPlayer(PlayedConnection connection, SessionSignals signals) {
        this.connection = connection;
        this.signals = signals;
    }

    StepResult play(Step.SendUntilBlocked step) throws InterruptedException {
        String expected = "fewer than " + step.limit() + " bytes of messages taken";
        Deadline within = Deadline.in(step.within());
        Bytes payload = step.payload().content();
        long bytes = 0;
        long messages = 0;
        while (bytes < step.limit() && !within.hasPassed()) {
            ByteBuffer message = message(step, payload, messages + 1);
            int length = message.remaining();
            WriteResult fill = connection.fill(message, step.stuck(), within);
            if (fill == WriteResult.DONE) {
                messages++;
                bytes += length;
                continue;
            }
            return end(fill, step, expected, bytes + " bytes taken");
        }
        String taken = bytes + " bytes taken";
        return bytes < step.limit()
                ? resultAfterTimeout(step.within(), expected, taken)
                : StepResult.failed(expected, taken);
    }

    /** The step is also met when the client ends the connection, because that is a way to refuse a handshake. */
    StepResult play(Step.SendBytesUntilBlocked step) throws InterruptedException {
        String expected = "fewer than " + step.limit() + " bytes taken";
        Deadline within = Deadline.in(step.within());
        ByteBuffer payload = step.payload().content().buffer();
        long bytes = 0;
        while (bytes < step.limit()) {
            WriteResult fill = connection.fill(payload.duplicate(), step.stuck(), within);
            String taken = bytes + " bytes taken";
            switch (fill) {
                case DONE -> bytes += payload.remaining();
                case STALLED -> {
                    return StepResult.met(
                            expected, taken + ", then none for " + step.stuck().toMillis() + " ms");
                }
                case CLIENT_GONE -> {
                    return StepResult.met(expected, taken + ", then the connection had ended");
                }
                case LATE -> {
                    return resultAfterTimeout(step.within(), expected, taken);
                }
            }
        }
        return StepResult.failed(expected, bytes + " bytes taken");
    }

    private StepResult end(WriteResult fill, Step.SendUntilBlocked step, String expected, String taken) {
        return switch (fill) {
            case STALLED ->
                StepResult.met(
                        expected, taken + ", then none for " + step.stuck().toMillis() + " ms");
            case LATE -> resultAfterTimeout(step.within(), expected, taken);
            case CLIENT_GONE, DONE -> StepResult.failed(expected, taken + ", then the connection had ended");
        };
    }

    /**
     * The result when the time is over. A slow client meets the step. If the script has ended, the connection is reset.
     */
    private StepResult resultAfterTimeout(Duration within, String expected, String taken) {
        if (!signals.scriptEnded()) {
            return StepResult.met(expected, taken + " in " + within.toMillis() + " ms");
        }
        connection.reset(EndCause.SCENARIO);
        return StepResult.metAsLast(expected, taken + ", then the script had ended");
    }

    private static ByteBuffer message(Step.SendUntilBlocked step, Bytes payload, long number) {
        Bytes start = step.numbering() == Step.Numbering.NUMBERED ? Bytes.utf8(number + " ") : Bytes.EMPTY;
        int length = start.length() + payload.length();
        byte[] header = FrameHeader.of(FrameHeader.Fin.LAST, step.type().opcode(), length)
                .encode();
        return ByteBuffer.allocate(header.length + length)
                .put(header)
                .put(start.buffer())
                .put(payload.buffer())
                .flip();
    }
}
