package io.wstck.server.journal;

import io.wstck.server.text.FormatWord;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.MessageCoding;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.PeerEnd;
import io.wstck.server.wire.RecordedPayload;
import io.wstck.server.wire.RequestReader;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.tls.TlsFacts;
import java.util.List;
import java.util.Optional;

/**
 * An entry of a journal: one event on a connection of a session, or about the whole session. Immutable. Its JSON form
 * is in docs/scenarios.md.
 */
public sealed interface JournalEntry {
    /** The sequence number, the time and the connection of the entry. */
    Stamp stamp();

    /** The {@code type} of the JSON form. */
    String type();

    /** The time in monotonic nanoseconds since the session was opened. */
    default long nanos() {
        return stamp().nanos();
    }

    /** The number of the entry's connection, from 1; 0 for an entry about the whole session. */
    default int connection() {
        return stamp().connection().map(ConnectionId::number).orElse(0);
    }

    /** An entry about a frame, a message or raw bytes that one side has sent. */
    sealed interface Traffic extends JournalEntry {
        Direction direction();

        RecordedPayload payload();
    }

    /**
     * The sequence number, the time and the connection of an entry.
     *
     * @param seq the sequence number, from 1
     * @param nanos the time in monotonic nanoseconds since the session was opened
     * @param connection absent for an entry about the whole session
     */
    record Stamp(long seq, long nanos, Optional<ConnectionId> connection) {}

    /**
     * A connection of the session.
     *
     * @param server the name of the server that received it
     * @param number the number of the connection in the session, from 1
     */
    record ConnectionId(String server, int number) {}

    /** Tells which side has sent data. */
    enum Direction implements FormatWord {
        /** From the client. */
        IN("in"),
        /** From the server. */
        OUT("out");

        private final String word;

        Direction(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** Tells how the server ended its side of TCP. */
    enum TcpEnd implements FormatWord {
        FIN("fin"),
        RST("rst"),
        /** By FIN, and the server goes on reading. */
        HALF("half");

        private final String word;

        TcpEnd(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** Tells why the server ended its side of TCP. */
    enum EndCause implements FormatWord {
        /** The scenario or the closing handshake demands it. */
        SCENARIO("scenario"),
        /** A required step of this connection was not met. */
        STEP_NOT_MET("step-not-met"),
        /** A required step of another connection of the session was not met. */
        OTHER_STEP_NOT_MET("other-step-not-met");

        private final String word;

        EndCause(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** Tells which list of steps in the scenario a step belongs to. */
    enum ScenarioStage implements FormatWord {
        TCP("tcp"),
        FRAMES("frames");

        private final String word;

        ScenarioStage(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** The result of a step. */
    enum StepOutcome implements FormatWord {
        MET("met"),
        /** The client missed a recommendation, not a requirement. */
        MISSED("missed"),
        FAILED("failed");

        private final String word;

        StepOutcome(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** The client has opened a TCP connection. */
    record TcpOpened(Stamp stamp) implements JournalEntry {
        public static final String TYPE = "tcp-opened";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The server has read a request of the client. */
    record RequestRead(Stamp stamp, HttpRequest request) implements JournalEntry {
        public static final String TYPE = "request";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * An answer that the server has sent to a request.
     *
     * @param line the status line as sent; absent if {@code raw} was sent
     * @param raw the bytes sent in place of line and headers
     */
    record ResponseSent(Stamp stamp, Optional<String> line, int status, List<Header> headers, Optional<Bytes> raw)
            implements JournalEntry {
        public static final String TYPE = "response";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** A whole frame that one side has sent, legal or not. */
    record Frame(Stamp stamp, Direction direction, FrameHeader header, RecordedPayload payload) implements Traffic {
        public static final String TYPE = "frame";

        @Override
        public String type() {
            return TYPE;
        }

        /** Whether the frame has RSV1, which marks a compressed message (RFC 7692 §6). */
        public boolean hasRsv1() {
            return (header.rsv() & FrameHeader.RSV1) != 0;
        }
    }

    /** The TLS handshake has succeeded or failed, or TLS has failed after it. */
    record TlsResult(Stamp stamp, TlsOutcome outcome, TlsFacts facts, String detail) implements JournalEntry {
        public static final String TYPE = "tls";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The result of a TLS handshake, or of TLS after it. */
    enum TlsOutcome implements FormatWord {
        DONE("done"),
        FAILED("failed");

        private final String word;

        TlsOutcome(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** A complete data message that one side has sent. The payload is inflated. */
    record DataMessage(
            Stamp stamp,
            Direction direction,
            MessageType messageType,
            int fragments,
            RecordedPayload payload,
            MessageCoding coding)
            implements Traffic {
        public static final String TYPE = "message";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Bytes that one side has sent outside of requests, answers and frames. */
    record RawBytes(Stamp stamp, Direction direction, RecordedPayload payload) implements Traffic {
        public static final String TYPE = "bytes";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The client has broken a rule of the protocol. */
    record ViolationNoted(Stamp stamp, Violation violation) implements JournalEntry {
        public static final String TYPE = "violation";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** A step of the scenario has ended, or can no longer be reached. */
    record StepDone(
            Stamp stamp,
            ScenarioStage stage,
            int index,
            StepKind step,
            StepOutcome outcome,
            StepTiming timing,
            String expected,
            String actual)
            implements JournalEntry {
        public static final String TYPE = "step";

        /** The start of {@link #actual} for a step that was undecided when the script ended. */
        public static final String PENDING_AT_SCRIPT_END = "nothing, and the script has ended";

        @Override
        public String type() {
            return TYPE;
        }

        /** Whether the step was undecided when the client's script ended. */
        public boolean wasPendingAtScriptEnd() {
            return actual.startsWith(PENDING_AT_SCRIPT_END);
        }
    }

    /** Tells whether a step was decided before its time was over. */
    enum StepTiming {
        IN_TIME,
        OVERDUE
    }

    /** The client's close_notify, which ends its side of TLS. Later bytes of it are not decrypted. */
    record CloseNotify(Stamp stamp) implements JournalEntry {
        public static final String TYPE = "close-notify";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The client has ended its side of TCP. */
    record ClientEnded(Stamp stamp, PeerEnd how) implements JournalEntry {
        public static final String TYPE = "client-ended";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The server has ended its side of TCP. */
    record ServerEnded(Stamp stamp, TcpEnd how, EndCause cause) implements JournalEntry {
        public static final String TYPE = "server-ended";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The kit has reported that the client's script has ended. */
    record ScriptEnded(Stamp stamp) implements JournalEntry {
        public static final String TYPE = "script-ended";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Bytes of the client that are in no other entry, with their payload if it was kept. */
    record UnreadBytes(Stamp stamp, long length, Optional<RecordedPayload> payload, String detail)
            implements JournalEntry {
        public static final String TYPE = "unread";

        @Override
        public String type() {
            return TYPE;
        }

        /** Whether the bytes are the rest of a request header that was too long. They may begin inside a credential. */
        public boolean isRestOfRequest() {
            return detail.equals(RequestReader.REST_DESCRIPTION);
        }
    }

    /** The player begins the epilogue, because the script has ended and the connection is still open. */
    record Epilogue(Stamp stamp) implements JournalEntry {
        public static final String TYPE = "epilogue";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The server itself has failed, so the journal may be incomplete. */
    record ServerFailure(Stamp stamp, String detail) implements JournalEntry {
        public static final String TYPE = "trouble";

        @Override
        public String type() {
            return TYPE;
        }
    }
}
