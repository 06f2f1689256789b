package io.wstck.server.journal;

import io.wstck.server.journal.JournalEntry.ConnectionId;
import io.wstck.server.journal.JournalEntry.Direction;
import io.wstck.server.journal.JournalEntry.EndCause;
import io.wstck.server.journal.JournalEntry.Outcome;
import io.wstck.server.journal.JournalEntry.Stage;
import io.wstck.server.journal.JournalEntry.Stamp;
import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.journal.JournalEntry.Timing;
import io.wstck.server.journal.JournalEntry.TlsOutcome;
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
import io.wstck.server.wire.tls.TlsFailedException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Writes the entries of one connection into its session's journal. Any thread. */
public final class ConnectionLog {
    private final JournalKeeper keeper;
    private final Optional<ConnectionId> connection;
    private final JournalWatch watch;

    /** A log that nobody watches. */
    public ConnectionLog(JournalKeeper keeper, ConnectionId connection) {
        this(keeper, connection, JournalWatch.NOBODY);
    }

    /** A log whose entries are also told to {@code watch}. */
    public ConnectionLog(JournalKeeper keeper, ConnectionId connection, JournalWatch watch) {
        this.keeper = keeper;
        this.connection = Optional.of(connection);
        this.watch = watch;
    }

    /** Whether digests of what is written here are worth making. */
    public Payload.Digest digest() {
        return keeper.kept() == JournalKeeper.Kept.NOTHING ? Payload.Digest.LEFT_OUT : Payload.Digest.MADE;
    }

    /** The evidence of a payload that is at hand whole. */
    public Payload evidenceOf(Bytes payload) {
        return Payload.of(payload, digest());
    }

    private void add(Function<Stamp, JournalEntry> entry) {
        keeper.add(connection, entry);
        if (watch.looking()) {
            watch.happened(entry.apply(new Stamp(0, System.nanoTime(), connection)));
        }
    }

    /** The connection is over: nothing more comes. */
    public void over() {
        watch.ended();
    }

    public void tcpOpened() {
        add(JournalEntry.TcpOpened::new);
    }

    public void request(HttpRequest request) {
        add(stamp -> new JournalEntry.RequestRead(stamp, request));
    }

    /** An answer to the handshake, with its status line as sent. */
    public void response(String line, int status, List<Header> headers) {
        response(Optional.of(line), status, headers, Optional.empty());
    }

    /** An answer to the handshake that was sent as bytes of the scenario's own. */
    public void rawResponse(int status, List<Header> headers, Bytes raw) {
        response(Optional.empty(), status, headers, Optional.of(raw));
    }

    private void response(Optional<String> line, int status, List<Header> headers, Optional<Bytes> raw) {
        add(stamp -> new JournalEntry.ResponseSent(stamp, line, status, List.copyOf(headers), raw));
    }

    public void frame(Direction direction, FrameHeader header, Payload payload) {
        add(stamp -> new JournalEntry.Frame(stamp, direction, header, payload));
    }

    /** How TLS went; {@code detail} says why it failed, and may be empty. */
    public void tls(TlsOutcome outcome, TlsFacts facts, String detail) {
        add(stamp -> new JournalEntry.TlsSpoken(stamp, outcome, facts, detail));
    }

    /** TLS cannot go on, after its handshake. */
    public void tlsFailed(TlsFailedException failure) {
        tls(TlsOutcome.FAILED, TlsFacts.none(), failure.getMessage());
    }

    /** The client has ended its side of TLS. */
    public void closeNotify() {
        add(JournalEntry.CloseNotify::new);
    }

    public void message(Direction direction, MessageType type, int fragments, Payload payload, Coding coding) {
        add(stamp -> new JournalEntry.DataMessage(stamp, direction, type, fragments, payload, coding));
    }

    public void bytes(Direction direction, Payload payload) {
        add(stamp -> new JournalEntry.RawBytes(stamp, direction, payload));
    }

    public void violation(Violation violation) {
        add(stamp -> new JournalEntry.ViolationNoted(stamp, violation));
    }

    public void step(
            Stage stage, int index, String op, Outcome outcome, Timing timing, String expected, String actual) {
        add(stamp -> new JournalEntry.StepDone(stamp, stage, index, op, outcome, timing, expected, actual));
    }

    public void clientEnded(PeerEnd how) {
        add(stamp -> new JournalEntry.ClientEnded(stamp, how));
    }

    public void serverEnded(TcpEnd how, EndCause cause) {
        add(stamp -> new JournalEntry.ServerEnded(stamp, how, cause));
    }

    /** The client sent bytes that became no other entry; {@code detail} says why. */
    public void unread(Payload bytes, String detail) {
        add(stamp -> new JournalEntry.Unread(stamp, bytes.length(), Optional.of(bytes), detail));
    }

    /** As {@link #unread(Payload, String)}, of bytes that were not kept. */
    public void unread(long length, String detail) {
        add(stamp -> new JournalEntry.Unread(stamp, length, Optional.empty(), detail));
    }

    public void epilogue() {
        add(JournalEntry.Epilogue::new);
    }

    /** The server itself failed. */
    public void trouble(String detail) {
        add(stamp -> new JournalEntry.Trouble(stamp, detail));
    }
}
