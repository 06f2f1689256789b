package io.wstck.server.journal;

import io.wstck.server.journal.JournalEntry.ConnectionId;
import io.wstck.server.journal.JournalEntry.Direction;
import io.wstck.server.journal.JournalEntry.EndCause;
import io.wstck.server.journal.JournalEntry.ScenarioStage;
import io.wstck.server.journal.JournalEntry.Stamp;
import io.wstck.server.journal.JournalEntry.StepOutcome;
import io.wstck.server.journal.JournalEntry.StepTiming;
import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.journal.JournalEntry.TlsOutcome;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.MessageCoding;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.PeerEnd;
import io.wstck.server.wire.RecordedPayload;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.tls.TlsFacts;
import io.wstck.server.wire.tls.TlsFailedException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Writes the entries of one connection to the journal of its session. Any thread. */
public final class ConnectionLog {
    private final JournalRecorder keeper;
    private final Optional<ConnectionId> connection;
    private final JournalListener listener;

    /** A log without a listener. */
    public ConnectionLog(JournalRecorder keeper, ConnectionId connection) {
        this(keeper, connection, JournalListener.NONE);
    }

    /** A log that also passes its entries to {@code listener}. */
    public ConnectionLog(JournalRecorder keeper, ConnectionId connection, JournalListener listener) {
        this.keeper = keeper;
        this.connection = Optional.of(connection);
        this.listener = listener;
    }

    /** Whether payloads of this log get digests. A log that keeps nothing needs none. */
    public RecordedPayload.DigestMode digest() {
        return keeper.retention() == JournalRecorder.JournalRetention.NOTHING
                ? RecordedPayload.DigestMode.SKIPPED
                : RecordedPayload.DigestMode.COMPUTED;
    }

    /** Records a payload that is in memory. */
    public RecordedPayload evidenceOf(Bytes payload) {
        return RecordedPayload.of(payload, digest());
    }

    private void add(Function<Stamp, JournalEntry> entry) {
        keeper.add(connection, entry);
        if (listener.isActive()) {
            listener.onEntry(entry.apply(new Stamp(0, System.nanoTime(), connection)));
        }
    }

    /** Ends the log: the connection is over. */
    public void end() {
        listener.onEnd();
    }

    public void tcpOpened() {
        add(JournalEntry.TcpOpened::new);
    }

    public void request(HttpRequest request) {
        add(stamp -> new JournalEntry.RequestRead(stamp, request));
    }

    /** Logs an answer to the handshake, with its status line as sent. */
    public void response(String line, int status, List<Header> headers) {
        response(Optional.of(line), status, headers, Optional.empty());
    }

    /** Logs an answer to the handshake that the scenario gives as raw bytes. */
    public void rawResponse(int status, List<Header> headers, Bytes raw) {
        response(Optional.empty(), status, headers, Optional.of(raw));
    }

    private void response(Optional<String> line, int status, List<Header> headers, Optional<Bytes> raw) {
        add(stamp -> new JournalEntry.ResponseSent(stamp, line, status, List.copyOf(headers), raw));
    }

    public void frame(Direction direction, FrameHeader header, RecordedPayload payload) {
        add(stamp -> new JournalEntry.Frame(stamp, direction, header, payload));
    }

    /** Logs the result of TLS. {@code detail} tells why it failed, and may be empty. */
    public void tls(TlsOutcome outcome, TlsFacts facts, String detail) {
        add(stamp -> new JournalEntry.TlsResult(stamp, outcome, facts, detail));
    }

    /** Logs a failure of TLS after its handshake. */
    public void tlsFailed(TlsFailedException failure) {
        tls(TlsOutcome.FAILED, TlsFacts.none(), failure.getMessage());
    }

    /** Logs that the client has ended its side of TLS. */
    public void closeNotify() {
        add(JournalEntry.CloseNotify::new);
    }

    public void message(
            Direction direction, MessageType type, int fragments, RecordedPayload payload, MessageCoding coding) {
        add(stamp -> new JournalEntry.DataMessage(stamp, direction, type, fragments, payload, coding));
    }

    public void bytes(Direction direction, RecordedPayload payload) {
        add(stamp -> new JournalEntry.RawBytes(stamp, direction, payload));
    }

    public void violation(Violation violation) {
        add(stamp -> new JournalEntry.ViolationNoted(stamp, violation));
    }

    public void step(
            ScenarioStage stage,
            int index,
            StepKind step,
            StepOutcome outcome,
            StepTiming timing,
            String expected,
            String actual) {
        add(stamp -> new JournalEntry.StepDone(stamp, stage, index, step, outcome, timing, expected, actual));
    }

    public void clientEnded(PeerEnd how) {
        add(stamp -> new JournalEntry.ClientEnded(stamp, how));
    }

    public void serverEnded(TcpEnd how, EndCause cause) {
        add(stamp -> new JournalEntry.ServerEnded(stamp, how, cause));
    }

    /** Logs bytes of the client that are in no other entry. {@code detail} tells why. */
    public void unread(RecordedPayload bytes, String detail) {
        add(stamp -> new JournalEntry.UnreadBytes(stamp, bytes.length(), Optional.of(bytes), detail));
    }

    /** Logs unread bytes that were not kept. */
    public void unread(long length, String detail) {
        add(stamp -> new JournalEntry.UnreadBytes(stamp, length, Optional.empty(), detail));
    }

    public void epilogue() {
        add(JournalEntry.Epilogue::new);
    }

    /** Logs a failure of the server itself. */
    public void serverFailed(String detail) {
        add(stamp -> new JournalEntry.ServerFailure(stamp, detail));
    }
}
