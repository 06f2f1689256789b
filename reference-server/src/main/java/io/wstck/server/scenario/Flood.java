package io.wstck.server.scenario;

import io.wstck.server.journal.JournalEntry.EndCause;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.FrameHeader;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Plays steps that send until the client's pipe is full. What they send is counted, not journaled: a flood would wash the evidence away. */
final class Flood {
    private final Link link;
    private final ScriptSignal script;

    Flood(Link link, ScriptSignal script) {
        this.link = link;
        this.script = script;
    }

    StepResult play(Step.SendUntilBlocked step) throws InterruptedException {
        String expected = "fewer than " + step.limit() + " bytes of messages taken";
        Deadline within = Deadline.in(step.within());
        Bytes payload = step.payload().content();
        long bytes = 0;
        long messages = 0;
        while (bytes < step.limit() && !within.passed()) {
            ByteBuffer message = message(step, payload, messages + 1);
            int length = message.remaining();
            Outgoing.Fill fill = link.fill(message, step.stuck(), within);
            if (fill == Outgoing.Fill.TAKEN) {
                messages++;
                bytes += length;
                continue;
            }
            return end(fill, step, expected, bytes + " bytes taken");
        }
        String taken = bytes + " bytes taken";
        return bytes < step.limit() ? late(step.within(), expected, taken) : StepResult.failed(expected, taken);
    }

    /** A client that ends the connection takes no more either: to leave is a way to refuse a handshake. */
    StepResult play(Step.SendBytesUntilBlocked step) throws InterruptedException {
        String expected = "fewer than " + step.limit() + " bytes taken";
        Deadline within = Deadline.in(step.within());
        ByteBuffer payload = step.payload().content().buffer();
        long bytes = 0;
        while (bytes < step.limit()) {
            Outgoing.Fill fill = link.fill(payload.duplicate(), step.stuck(), within);
            String taken = bytes + " bytes taken";
            switch (fill) {
                case TAKEN -> bytes += payload.remaining();
                case BLOCKED -> {
                    return StepResult.met(
                            expected, taken + ", then none for " + step.stuck().toMillis() + " ms");
                }
                case CLIENT_GONE -> {
                    return StepResult.met(expected, taken + ", then the connection had ended");
                }
                case LATE -> {
                    return late(step.within(), expected, taken);
                }
            }
        }
        return StepResult.failed(expected, bytes + " bytes taken");
    }

    private StepResult end(Outgoing.Fill fill, Step.SendUntilBlocked step, String expected, String taken) {
        return switch (fill) {
            case BLOCKED ->
                StepResult.met(
                        expected, taken + ", then none for " + step.stuck().toMillis() + " ms");
            case LATE -> late(step.within(), expected, taken);
            case CLIENT_GONE, TAKEN -> StepResult.failed(expected, taken + ", then the connection had ended");
        };
    }

    /** A client that takes little is not judged by how fast it does. What it has not taken a second after the script it never will. */
    private StepResult late(Duration within, String expected, String taken) {
        if (!script.ended()) {
            return StepResult.met(expected, taken + " in " + within.toMillis() + " ms");
        }
        link.release(EndCause.SCENARIO);
        return StepResult.metAsTheLast(expected, taken + ", then the script had ended");
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
