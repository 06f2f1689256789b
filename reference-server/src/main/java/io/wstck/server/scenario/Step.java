package io.wstck.server.scenario;

import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.Coding;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.Message;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.deflate.DeflateForm;
import io.wstck.server.wire.deflate.Inflated.Reach;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One thing that the server does, or expects of the client. Immutable; the JSON form is in docs/scenarios.md. */
public sealed interface Step {
    /** How long an expectation waits unless it says so itself. */
    Duration WITHIN = Duration.ofSeconds(5);

    /** The {@code op} of the JSON form: {@code send-frame}. */
    default String op() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** Whether a scenario that ends before this step lacks something: it is for the client, or expects something of it. */
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

    /** A step that writes. */
    sealed interface Send extends Step {}

    /** A step that waits for the client to do something, at most {@link #within}. */
    sealed interface Expectation extends Step {
        Duration within();

        /** Whether the end of the script cuts the waiting short. */
        default Patience patience() {
            return Patience.SCRIPT_AND_GRACE;
        }
    }

    /**
     * Sends one message.
     *
     * @param compress its shape, when it is to be compressed
     * @param chop bytes a write
     * @param interleave sent after the first fragment, the second, … one each
     */
    record SendMessage(
            MessageType type,
            PayloadSpec payload,
            Fragments fragments,
            Optional<DeflateForm> compress,
            OptionalInt chop,
            List<Send> interleave)
            implements Send {
        public SendMessage {
            interleave = List.copyOf(interleave);
            if (compress.isPresent() && fragments instanceof Fragments.Sizes) {
                throw new IllegalArgumentException("fragments: expected fragment_size with compress: what a message is"
                        + " compressed to is known when it is");
            }
            if (fragments instanceof Fragments.Sizes sizes && sizes.sum() != payload.length()) {
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
                    type, payload, new Fragments.Whole(), Optional.empty(), OptionalInt.empty(), List.of());
        }
    }

    /**
     * Sends the same message again and again until the client's pipe is full. The client must take fewer bytes than the limit.
     *
     * @param limit bytes in all
     * @param stuck the pipe is full when TCP has taken nothing for that long
     * @param within for how long the server sends at most
     */
    record SendUntilBlocked(
            MessageType type, PayloadSpec payload, Numbering numbering, long limit, Duration stuck, Duration within)
            implements Step {}

    /**
     * Sends the same bytes again and again, until the client ends the connection or its pipe is full. The client must take fewer than the
     * limit; among {@code tcp} steps only.
     *
     * @param limit bytes in all
     * @param stuck the pipe is full when TCP has taken nothing for that long
     * @param within for how long the server sends at most
     */
    record SendBytesUntilBlocked(PayloadSpec payload, long limit, Duration stuck, Duration within) implements Step {}

    /** Whether messages that repeat can be told apart. */
    enum Numbering {
        NONE,
        /** Each starts with its number, from 1, and a space. */
        NUMBERED
    }

    /**
     * Sends one frame.
     *
     * @param mask the key with which the payload is masked
     * @param declared a length that is told instead of the real one, unsigned
     * @param lengthForm 7, 16 or 64 instead of the shortest
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
        /** A whole, legal frame. */
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

        /** The header that goes out. */
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

    record SendPing(PayloadSpec payload) implements Send {
        SendFrame frame() {
            return SendFrame.of(Opcode.PING, payload);
        }
    }

    record SendPong(PayloadSpec payload) implements Send {
        SendFrame frame() {
            return SendFrame.of(Opcode.PONG, payload);
        }
    }

    /** Sends a close frame with that payload, legal or not. */
    record SendClose(PayloadSpec payload) implements Send {
        /** A close with a code (any 16 bits) and a reason. */
        public static SendClose of(int code, String reason) {
            return new SendClose(PayloadSpec.of(CloseStatus.of(code, reason).payload()));
        }

        SendFrame frame() {
            return SendFrame.of(Opcode.CLOSE, payload);
        }
    }

    /** Raw bytes, below the frame layer. */
    record SendBytes(PayloadSpec payload, OptionalInt chop) implements Send {}

    /** Raw bytes, one at a time. */
    record Drip(PayloadSpec payload, Duration every) implements Step {}

    /**
     * The next data message must be this one.
     *
     * @param reach whether it inflates without the messages before it
     */
    record ExpectMessage(
            Optional<MessageType> type,
            Optional<PayloadSpec> payload,
            OptionalLong size,
            Optional<String> sha256,
            Optional<Carriage> coding,
            Optional<Reach> reach,
            Duration within)
            implements Expectation {
        /** Any message of that type. */
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

    /** Whether a message is compressed. */
    enum Carriage {
        PLAIN,
        COMPRESSED;

        static Carriage of(Message message) {
            return message.coding() instanceof Coding.Deflated ? COMPRESSED : PLAIN;
        }
    }

    /** The next ping must carry this. */
    record ExpectPing(Optional<Bytes> payload, Answer answer, Duration within) implements Expectation {}

    /** The next pong must carry this. */
    record ExpectPong(Optional<Bytes> payload, Duration within) implements Expectation {}

    /**
     * The client must send a close frame.
     *
     * @param codes one of these; empty: any
     * @param form whether it may have a payload
     */
    record ExpectClose(Set<Integer> codes, Optional<String> reason, CloseForm form, Answer answer, Duration within)
            implements Expectation {
        public ExpectClose {
            codes = Set.copyOf(codes);
        }
    }

    /** Whether an expected close frame may carry a payload. */
    enum CloseForm {
        ANY,
        EMPTY,
        WITH_CODE
    }

    /** What the server does with an expected ping or close frame. */
    enum Answer {
        ANSWERED,
        UNANSWERED
    }

    /** The client must end the connection without sending or answering anything else. */
    record ExpectFailed(OptionalInt code, Duration within) implements Expectation {}

    /** The client must end TCP without any further frame. */
    record ExpectEnd(Duration within, Patience patience) implements Expectation {}

    /** How long an expectation waits. */
    enum Patience {
        /** Until its time is over, or shortly after the script has ended. */
        SCRIPT_AND_GRACE,
        /** Until its time is over: what it waits for may happen behind the script's back. */
        OUTLASTS_SCRIPT
    }

    /** Reads an HTTP request; among {@code tcp} steps only. */
    record ExpectRequest(Duration within) implements Expectation {}

    /**
     * So many bytes of the client must have arrived while the server does not read: the client is in the middle of what it sends.
     *
     * @param bytes at most what is kept then
     */
    record ExpectUnread(int bytes, Duration within) implements Expectation {
        public ExpectUnread {
            if (bytes < 1 || bytes > Incoming.BUFFER) {
                throw new IllegalArgumentException("bytes: expected 1 to " + Incoming.BUFFER + ", got " + bytes);
            }
        }
    }

    /** A ping with a payload of its own must get its pong. */
    record Fence(Optional<Bytes> payload, Duration within) implements Expectation {}

    /** Echoes that many messages, or until the client closes. */
    record Echo(OptionalInt count) implements Step {}

    /**
     * Talks with the client; has no JSON form.
     *
     * @param quiet how long each message is waited for
     */
    record Converse(Conversation conversation, Duration quiet) implements Step {}

    /**
     * Reads on until there is something to say, however long that takes, and says it; has no JSON form.
     *
     * @param news completed by another thread
     */
    record Tell(CompletableFuture<Send> news) implements Step {}

    record Pause(Duration time) implements Step {}

    /** Lets the {@link Await} of that name go on, on whichever connection of the session. */
    record Signal(String name) implements Step {}

    /** Waits for that signal. */
    record Await(String name, Duration within) implements Step {}

    record StopReading() implements Step {}

    record ResumeReading() implements Step {}

    record EndTcp(TcpEnd how) implements Step {}

    /** Does nothing but read until the script has ended. */
    record Hang() implements Step {}
}
