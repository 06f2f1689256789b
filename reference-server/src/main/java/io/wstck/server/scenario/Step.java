package io.wstck.server.scenario;

import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.Opcode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** One thing that the server does, or expects of the client. Immutable; the JSON form is in docs/scenarios.md. */
public sealed interface Step {
    /** How long an expectation waits unless it says so itself. */
    Duration WITHIN = Duration.ofSeconds(5);

    /** The {@code op} of the JSON form: {@code send-frame}. */
    default String op() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
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
     * @param fragments sizes that add up to the payload's; empty: one frame
     * @param chop bytes a write
     * @param interleave sent after the first fragment, the second, … one each
     */
    record SendMessage(
            MessageType type, PayloadSpec payload, List<Integer> fragments, OptionalInt chop, List<Send> interleave)
            implements Send {
        public SendMessage {
            fragments = List.copyOf(fragments);
            interleave = List.copyOf(interleave);
            int sum = fragments.stream().mapToInt(Integer::intValue).sum();
            if (!fragments.isEmpty() && sum != payload.length()) {
                throw new IllegalArgumentException(
                        "fragments: expected sizes that add up to " + payload.length() + ", got " + sum);
            }
            if (interleave.size() > Math.max(0, fragments.size() - 1)) {
                throw new IllegalArgumentException("interleave: expected at most %d steps between %d fragments, got %d"
                        .formatted(Math.max(0, fragments.size() - 1), fragments.size(), interleave.size()));
            }
        }

        /** A message in one frame. */
        public static SendMessage of(MessageType type, PayloadSpec payload) {
            return new SendMessage(type, payload, List.of(), OptionalInt.empty(), List.of());
        }
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

    /** The next data message must be this one. */
    record ExpectMessage(
            Optional<MessageType> type,
            Optional<PayloadSpec> payload,
            OptionalLong size,
            Optional<String> sha256,
            Duration within)
            implements Expectation {}

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

    /** A ping with a payload of its own must get its pong. */
    record Fence(Optional<Bytes> payload, Duration within) implements Expectation {}

    /** Echoes that many messages, or until the client closes. */
    record Echo(OptionalInt count) implements Step {}

    record Pause(Duration time) implements Step {}

    record StopReading() implements Step {}

    record ResumeReading() implements Step {}

    record EndTcp(TcpEnd how) implements Step {}

    /** Does nothing but read until the script has ended. */
    record Hang() implements Step {}
}
