package io.wstck.server.journal;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Coding;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.Payload;
import io.wstck.server.wire.PeerEnd;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.tls.TlsFacts;
import java.util.List;
import java.util.Optional;

/** One thing that happened. Immutable; its JSON form is in docs/scenarios.md. */
public sealed interface JournalEntry {
    /** When, and on which connection. */
    Stamp stamp();

    /** The {@code type} of the JSON form. */
    default String type() {
        return JournalJson.typeOf(this);
    }

    /**
     * Where an entry stands.
     *
     * @param seq from 1
     * @param nanos monotonic, 0 when the session was opened
     * @param connection absent for what concerns the session as a whole
     */
    record Stamp(long seq, long nanos, Optional<ConnectionId> connection) {}

    /**
     * A connection of the session.
     *
     * @param server the name of the server that received it
     * @param number from 1 across the session
     */
    record ConnectionId(String server, int number) {}

    /** Whose bytes they are. */
    enum Direction {
        /** From the client. */
        IN,
        /** From the server. */
        OUT
    }

    /** How the server ended its side of TCP. */
    enum TcpEnd {
        FIN,
        RST,
        /** FIN, and reading goes on. */
        HALF
    }

    /** Why the server ended its side of TCP. */
    enum EndCause {
        /** The scenario says so, or the closing handshake does. */
        SCENARIO,
        /** A required step of this connection was not met. */
        STEP_NOT_MET,
        /** A required step of another connection of the session was not met. */
        OTHER_STEP_NOT_MET
    }

    /** Which list of the scenario a step is in. */
    enum Stage {
        TCP,
        FRAMES
    }

    /** How a step went. */
    enum Outcome {
        MET,
        /** Only what a client should do was missed. */
        MISSED,
        FAILED
    }

    record TcpOpened(Stamp stamp) implements JournalEntry {}

    record RequestRead(Stamp stamp, HttpRequest request) implements JournalEntry {}

    /**
     * An answer to a request.
     *
     * @param line the status line as sent; absent where {@code raw} was sent
     * @param raw sent instead of line and headers
     */
    record ResponseSent(Stamp stamp, Optional<String> line, int status, List<Header> headers, Optional<Bytes> raw)
            implements JournalEntry {}

    record Frame(Stamp stamp, Direction direction, FrameHeader header, Payload payload) implements JournalEntry {}

    record TlsSpoken(Stamp stamp, TlsOutcome outcome, TlsFacts facts, String detail) implements JournalEntry {}

    /** How a TLS handshake, or the connection after it, went. */
    enum TlsOutcome {
        DONE,
        FAILED
    }

    /** The payload is inflated. */
    record DataMessage(
            Stamp stamp, Direction direction, MessageType messageType, int fragments, Payload payload, Coding coding)
            implements JournalEntry {}

    record RawBytes(Stamp stamp, Direction direction, Payload payload) implements JournalEntry {}

    record ViolationNoted(Stamp stamp, Violation violation) implements JournalEntry {}

    record StepDone(
            Stamp stamp,
            Stage stage,
            int index,
            String op,
            Outcome outcome,
            Timing timing,
            String expected,
            String actual)
            implements JournalEntry {}

    /** Whether the time of a step was over before anything decided it. */
    enum Timing {
        IN_TIME,
        OVERDUE
    }

    /** The client's close_notify, which ends its side of TLS: what it sends afterwards is not deciphered. */
    record CloseNotify(Stamp stamp) implements JournalEntry {}

    record ClientEnded(Stamp stamp, PeerEnd how) implements JournalEntry {}

    record ServerEnded(Stamp stamp, TcpEnd how, EndCause cause) implements JournalEntry {}

    record ScriptEnded(Stamp stamp) implements JournalEntry {}

    /** Bytes of the client that became no other entry, and their payload where it was kept. */
    record Unread(Stamp stamp, long length, Optional<Payload> payload, String detail) implements JournalEntry {}

    record Epilogue(Stamp stamp) implements JournalEntry {}

    record Trouble(Stamp stamp, String detail) implements JournalEntry {}
}
