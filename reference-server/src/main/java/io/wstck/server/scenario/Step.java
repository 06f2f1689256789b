package io.wstck.server.scenario;

import io.wstck.server.connection.ServerConnection;
import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.journal.StepKind;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.Compression;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.InflateResult.ContextDependency;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.deflate.DeflateForm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One action of the server, or one expectation of the client. Immutable. The JSON form is in docs/scenarios.md. */
public sealed interface Step {
    /** The default time limit of an expectation. */
    Duration WITHIN = Duration.ofSeconds(5);

    /** The kind of the step in scenarios and journals. */
    default StepKind kind() {
        return switch (this) {
            case SendMessage _ -> StepKind.SEND_MESSAGE;
            case SendUntilBlocked _ -> StepKind.SEND_UNTIL_BLOCKED;
            case SendBytesUntilBlocked _ -> StepKind.SEND_BYTES_UNTIL_BLOCKED;
            case SendFrame _ -> StepKind.SEND_FRAME;
            case SendPing _ -> StepKind.SEND_PING;
            case SendPong _ -> StepKind.SEND_PONG;
            case SendClose _ -> StepKind.SEND_CLOSE;
            case SendBytes _ -> StepKind.SEND_BYTES;
            case Drip _ -> StepKind.DRIP;
            case ExpectMessage _ -> StepKind.EXPECT_MESSAGE;
            case ExpectPing _ -> StepKind.EXPECT_PING;
            case ExpectPong _ -> StepKind.EXPECT_PONG;
            case ExpectClose _ -> StepKind.EXPECT_CLOSE;
            case ExpectFailed _ -> StepKind.EXPECT_FAILED;
            case ExpectEnd _ -> StepKind.EXPECT_END;
            case ExpectRequest _ -> StepKind.EXPECT_REQUEST;
            case ExpectUnread _ -> StepKind.EXPECT_UNREAD;
            case Fence _ -> StepKind.FENCE;
            case Echo _ -> StepKind.ECHO;
            case Converse _ -> StepKind.CONVERSE;
            case Tell _ -> StepKind.TELL;
            case Pause _ -> StepKind.PAUSE;
            case Signal _ -> StepKind.SIGNAL;
            case Await _ -> StepKind.AWAIT;
            case StopReading _ -> StepKind.STOP_READING;
            case ResumeReading _ -> StepKind.RESUME_READING;
            case EndTcp _ -> StepKind.END_TCP;
            case Hang _ -> StepKind.HANG;
        };
    }

    /**
     * Whether a scenario that ends before this step is incomplete: the step sends something to the client, or expects
     * something of it.
     */
    default boolean matters() {
        return switch (this) {
            case Send _,
                    SendUntilBlocked _,
                    SendBytesUntilBlocked _,
                    Drip _,
                    Expectation _,
                    Await _,
                    Tell _,
                    Converse _ -> true;
            case Echo echo -> echo.count().isPresent();
            case Pause _, Signal _, StopReading _, ResumeReading _, EndTcp _, Hang _ -> false;
        };
    }

    /**
     * A step that sends one message, one frame or raw bytes, and waits for nothing. Only such a step can be sent with
     * the answer, between fragments, or by a conversation.
     */
    sealed interface Send extends Step {}

    /** A step that waits for the client to do something, at most {@link #within}. */
    sealed interface Expectation extends Step {
        Duration within();

        /** Tells whether the end of the script shortens the wait. */
        default WaitLimit waitLimit() {
            return WaitLimit.SCRIPT_AND_GRACE;
        }
    }

    /**
     * Sends one message.
     *
     * @param compress the form of the compressed message; absent: not compressed
     * @param chop the number of bytes per write
     * @param interleave steps that send between the fragments, one after each fragment
     */
    record SendMessage(
            MessageType type,
            PayloadSpec payload,
            Fragmentation fragments,
            Optional<DeflateForm> compress,
            OptionalInt chop,
            List<Send> interleave)
            implements Send {
        public SendMessage {
            interleave = List.copyOf(interleave);
            if (compress.isPresent() && fragments instanceof Fragmentation.ExplicitSizes) {
                throw new IllegalArgumentException(
                        "fragments: expected fragment_size with compress, because the compressed"
                                + " size is not known in advance");
            }
            if (fragments instanceof Fragmentation.ExplicitSizes sizes && sizes.sum() != payload.length()) {
                throw new IllegalArgumentException(
                        "fragments: expected sizes that add up to " + payload.length() + ", got " + sizes.sum());
            }
            int frames = fragments.of(payload.length()).size();
            if (compress.isEmpty() && interleave.size() > frames - 1) {
                throw new IllegalArgumentException("interleave: expected at most %d steps between %d fragments, got %d"
                        .formatted(frames - 1, frames, interleave.size()));
            }
        }

        /** A message in one frame. */
        public static SendMessage of(MessageType type, PayloadSpec payload) {
            return new SendMessage(
                    type, payload, new Fragmentation.SingleFrame(), Optional.empty(), OptionalInt.empty(), List.of());
        }
    }

    /**
     * Sends the same message repeatedly until the client accepts no more. The client must accept fewer bytes than the
     * limit.
     *
     * @param limit the limit in bytes
     * @param stuck the client accepts no more when TCP has accepted nothing for this time
     * @param within the longest time that the server sends
     */
    record SendUntilBlocked(
            MessageType type, PayloadSpec payload, Numbering numbering, long limit, Duration stuck, Duration within)
            implements Step {}

    /**
     * Sends the same bytes repeatedly until the client ends the connection or accepts no more. The client must accept
     * fewer bytes than the limit. Among {@code tcp} steps only.
     *
     * @param limit the limit in bytes
     * @param stuck the client accepts no more when TCP has accepted nothing for this time
     * @param within the longest time that the server sends
     */
    record SendBytesUntilBlocked(PayloadSpec payload, long limit, Duration stuck, Duration within) implements Step {}

    /** Tells whether repeated messages have a number. */
    enum Numbering {
        NONE,
        /** Each starts with its number, from 1, and a space. */
        NUMBERED
    }

    /**
     * Sends one frame.
     *
     * @param mask the masking key for the payload
     * @param declared a length for the header in place of the real one, unsigned
     * @param lengthForm 7, 16 or 64, in place of the shortest form
     */
    record SendFrame(
            int opcode,
            FrameHeader.Fin fin,
            int rsv,
            PayloadSpec payload,
            OptionalInt mask,
            OptionalLong declared,
            OptionalInt lengthForm,
            OptionalInt chop)
            implements Send {
        /** A legal frame that is a whole message. */
        public static SendFrame of(int opcode, PayloadSpec payload) {
            return new SendFrame(
                    opcode,
                    FrameHeader.Fin.LAST,
                    0,
                    payload,
                    OptionalInt.empty(),
                    OptionalLong.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty());
        }

        /** The header of the frame. */
        public FrameHeader header() {
            long length = declared.orElse(payload.length());
            return new FrameHeader(
                    fin == FrameHeader.Fin.LAST,
                    rsv,
                    opcode,
                    mask,
                    length,
                    lengthForm.orElse(FrameHeader.minimalForm(length)));
        }
    }

    /** Sends a ping frame with this payload. */
    record SendPing(PayloadSpec payload) implements Send {
        SendFrame frame() {
            return SendFrame.of(Opcode.PING, payload);
        }
    }

    /** Sends a pong frame with this payload. */
    record SendPong(PayloadSpec payload) implements Send {
        SendFrame frame() {
            return SendFrame.of(Opcode.PONG, payload);
        }
    }

    /** Sends a close frame with this payload, legal or not. */
    record SendClose(PayloadSpec payload) implements Send {
        /** A close with a code (any 16 bits) and a reason. */
        public static SendClose of(int code, String reason) {
            return new SendClose(PayloadSpec.of(CloseStatus.of(code, reason).payload()));
        }

        SendFrame frame() {
            return SendFrame.of(Opcode.CLOSE, payload);
        }
    }

    /** Sends raw bytes, below the frame layer. */
    record SendBytes(PayloadSpec payload, OptionalInt chop) implements Send {}

    /** Sends raw bytes one by one. */
    record Drip(PayloadSpec payload, Duration every) implements Step {}

    /**
     * The next data message must have these properties.
     *
     * @param dependency whether it inflates without earlier messages
     */
    record ExpectMessage(
            Optional<MessageType> type,
            Optional<PayloadSpec> payload,
            OptionalLong size,
            Optional<String> sha256,
            Optional<Compression> compression,
            Optional<ContextDependency> dependency,
            Duration within)
            implements Expectation {
        /** Expects any message of this type. */
        public static ExpectMessage any(MessageType type, Duration within) {
            return new ExpectMessage(
                    Optional.of(type),
                    Optional.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    within);
        }
    }

    /** The next ping must have this payload. */
    record ExpectPing(Optional<Bytes> payload, Answer answer, Duration within) implements Expectation {}

    /** The next pong must have this payload. */
    record ExpectPong(Optional<Bytes> payload, Duration within) implements Expectation {}

    /**
     * The client must send a close frame.
     *
     * @param codes the allowed codes; empty: any
     * @param form whether the frame may have a payload
     */
    record ExpectClose(Set<Integer> codes, Optional<String> reason, CloseForm form, Answer answer, Duration within)
            implements Expectation {
        public ExpectClose {
            codes = Set.copyOf(codes);
        }
    }

    /** Tells whether an expected close frame may have a payload. */
    enum CloseForm {
        ANY,
        EMPTY,
        WITH_CODE
    }

    /** Tells whether the server answers an expected ping or close frame. */
    enum Answer {
        ANSWERED,
        UNANSWERED
    }

    /**
     * The client must end the connection, and send and answer nothing else. If {@code code} is set, an end without this
     * close code misses the step, but does not fail it.
     */
    record ExpectFailed(OptionalInt code, Duration within) implements Expectation {}

    /** The client must end TCP without any further frame. */
    record ExpectEnd(Duration within, WaitLimit waitLimit) implements Expectation {}

    /** Tells how long an expectation waits. */
    enum WaitLimit {
        /** Until its time is over, or until the grace period after the script's end is over. */
        SCRIPT_AND_GRACE,
        /** Until its time is over, even after the end of the script. */
        OUTLASTS_SCRIPT
    }

    /** Reads an HTTP request; among {@code tcp} steps only. */
    record ExpectRequest(Duration within) implements Expectation {}

    /**
     * This number of bytes of the client must arrive while the server does not read. The client is then in the middle
     * of sending.
     *
     * @param bytes the number of bytes, at most the size of the server's buffer
     */
    record ExpectUnread(int bytes, Duration within) implements Expectation {
        public ExpectUnread {
            if (bytes < 1 || bytes > ServerConnection.BUFFER) {
                throw new IllegalArgumentException(
                        "bytes: expected 1 to " + ServerConnection.BUFFER + ", got " + bytes);
            }
        }
    }

    /** Sends a ping with a unique payload and expects its pong. */
    record Fence(Optional<Bytes> payload, Duration within) implements Expectation {}

    /** Echoes this number of the client's messages; without a count, all until the client closes. */
    record Echo(OptionalInt count, OnViolation onViolation) implements Step {
        /** The reaction of the server to a violation by the client. */
        public enum OnViolation {
            /** It notes the violation and plays on. */
            PLAY_ON,
            /** It fails the connection, as a server must (RFC 6455 §7.1.7). Has no JSON form. */
            FAIL
        }

        /** An echo that plays on. */
        public Echo(OptionalInt count) {
            this(count, OnViolation.PLAY_ON);
        }
    }

    /**
     * Plays a conversation with the client. It has no JSON form.
     *
     * @param timeout the time to wait for each message
     */
    record Converse(Conversation conversation, Duration timeout) implements Step {}

    /**
     * Reads until another thread provides a message, and sends it. It has no JSON form.
     *
     * @param message the message, completed by another thread
     */
    record Tell(CompletableFuture<Send> message) implements Step {}

    /** Only reads for this time. */
    record Pause(Duration time) implements Step {}

    /** Gives the signal that {@link Await} steps of this name wait for, on any connection of the session. */
    record Signal(String name) implements Step {}

    /** Waits for the signal of this name. */
    record Await(String name, Duration within) implements Step {}

    /** Reads no more bytes of the client, until {@link ResumeReading} or until all steps are played. */
    record StopReading() implements Step {}

    /** Reads the client's bytes again. */
    record ResumeReading() implements Step {}

    /** Ends the server's side of TCP, in this way. */
    record EndTcp(TcpEnd how) implements Step {}

    /** Only reads until the script has ended. */
    record Hang() implements Step {}
}
