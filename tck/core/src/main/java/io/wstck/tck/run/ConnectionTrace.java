package io.wstck.tck.run;

import io.wstck.server.head.HeadExcerpt;
import io.wstck.server.head.JournalHeads;
import io.wstck.server.head.SensitiveHeaders;
import io.wstck.server.journal.JournalEntry;
import io.wstck.server.journal.JournalEntry.Direction;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.tck.implementation.script.ScriptTrace;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Formats the bytes of one connection as lines of a transcript, while they pass. It decodes them with the reader of the
 * reference server, not with that of the client. Credentials appear only by their length. The lines may contain control
 * characters. Any thread.
 */
public final class ConnectionTrace implements ScriptTrace.TracedConnection {
    private static final int SWITCHING_PROTOCOLS = 101;

    private final JournalEntry.ConnectionId id;
    private final LongSupplier nanos;
    private final Consumer<List<String>> output;
    private final JournalHeads heads = new JournalHeads(SensitiveHeaders.hideAll());

    /** Guards the fields below, and keeps the lines of both sides apart. */
    private final ReentrantLock lock = new ReentrantLock();

    private final TracedSide client = new TracedSide(this, Direction.IN);
    private final TracedSide server = new TracedSide(this, Direction.OUT);
    private Optional<HttpRequest> request = Optional.empty();

    /**
     * Begins the trace of a connection.
     *
     * @param number of the connection, from 1
     * @param name of the server, for the first line
     * @param nanos the time since the start of the trace, in nanoseconds
     * @param output takes the lines of one event, under the lock of this trace
     */
    public ConnectionTrace(int number, String name, LongSupplier nanos, Consumer<List<String>> output) {
        this.id = new JournalEntry.ConnectionId(name, number);
        this.nanos = nanos;
        this.output = output;
        print(new JournalEntry.TcpOpened(stamp()), List.of());
    }

    @Override
    public void sent(ByteBuffer bytes) {
        locked(() -> client.take(bytes));
    }

    @Override
    public void received(ByteBuffer bytes) {
        locked(() -> server.take(bytes));
    }

    @Override
    public void endedByServer() {
        locked(() -> {
            server.end();
            print(
                    new JournalEntry.ServerEnded(stamp(), JournalEntry.TcpEnd.FIN, JournalEntry.EndCause.SCENARIO),
                    List.of());
        });
    }

    @Override
    public void broken(String how) {
        locked(() -> {
            server.end();
            print("   TCP ended: " + how);
        });
    }

    /** Prints the head of a message. After an accepted handshake, frames follow in both directions. */
    void head(Direction direction, HttpRequest head) {
        if (direction == Direction.IN) {
            request = Optional.of(head);
            printWithHeads(new JournalEntry.RequestRead(stamp(), head));
            return;
        }
        JournalEntry.ResponseSent response = new JournalEntry.ResponseSent(
                stamp(), Optional.of(head.line()), status(head), head.headers(), Optional.empty());
        printWithHeads(response);
        if (response.status() == SWITCHING_PROTOCOLS) {
            Optional<DeflateParameters> deflate = JournalHeads.deflate(response);
            client.beginFrames(deflate);
            server.beginFrames(deflate.map(DeflateParameters::mirrored));
        } else if (response.status() >= 200) {
            server.beginBody();
        }
    }

    void printWithHeads(JournalEntry entry) {
        print(entry, heads.of(entry, request));
    }

    void print(JournalEntry entry, List<HeadExcerpt> entryHeads) {
        TranscriptLine.of(entry, entryHeads).forEach(line -> output.accept(line.formatted()));
    }

    /** Prints a line that no journal entry has. */
    void print(String text) {
        output.accept(new TranscriptLine(nanos.getAsLong(), "#" + id.number() + " " + text).formatted());
    }

    JournalEntry.Stamp stamp() {
        return new JournalEntry.Stamp(0, nanos.getAsLong(), Optional.of(id));
    }

    private void locked(Runnable body) {
        lock.lock();
        try {
            body.run();
        } finally {
            lock.unlock();
        }
    }

    /** The status of a response; 0 if its first line has none. */
    private static int status(HttpRequest head) {
        return head.target().matches("[1-9][0-9]{2}") ? Integer.parseInt(head.target()) : 0;
    }
}
