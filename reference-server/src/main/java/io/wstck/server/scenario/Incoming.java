package io.wstck.server.scenario;

import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The client's side of one connection: its bytes, decoded and kept in order, within bounds. The player's thread only. */
final class Incoming {
    /** How long a connection may stay without any traffic. */
    static final Duration IDLE = Duration.ofMinutes(10);

    private static final int BUFFER = 64 << 10;
    private static final int INBOX_EVENTS = 10_000;
    private static final long INBOX_BYTES = 8 << 20;

    private final Transport transport;
    private final ConnectionLog log;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER).limit(0);
    private final Deque<Inbound> inbox = new ArrayDeque<>();
    private long inboxBytes;
    private Deadline idleDeadline = Deadline.in(IDLE);
    private Decoder decoder;
    private Reading reading = Reading.ON;
    private Closing closing = Closing.OPEN;
    private Optional<TcpEnd> end = Optional.empty();

    private enum Reading {
        ON,
        STOPPED,
        /** The socket is gone. */
        OVER
    }

    Incoming(Transport transport, ConnectionLog log, Decoder decoder) {
        this.transport = transport;
        this.log = log;
        this.decoder = decoder;
    }

    /** How far both sides have closed. */
    Closing closing() {
        return closing;
    }

    void closeSent() {
        closing = closing.afterSending();
    }

    /** Whether the client has closed the connection, or ended its side of TCP. */
    boolean left() {
        return closing == Closing.RECEIVED || closing == Closing.BOTH || end.isPresent();
    }

    /** How the client has ended its side of TCP, if it has. */
    Optional<TcpEnd> end() {
        return end;
    }

    /** Until when the connection may stay as quiet as it has been since the client last sent something. */
    Deadline idleDeadline() {
        return idleDeadline;
    }

    /** From here on the client's bytes, those already read too, mean this. */
    void decodeWith(Decoder next) {
        decoder = next;
    }

    void stop() {
        if (reading == Reading.OVER) {
            return;
        }
        reading = Reading.STOPPED;
        try {
            transport.narrow();
        } catch (IOException gone) {
            // That the socket is gone is for whoever reads or writes next to find.
            return;
        }
    }

    void resume() {
        reading = reading == Reading.OVER ? reading : Reading.ON;
    }

    /** The socket is gone: nothing is read any more. */
    void over() {
        reading = Reading.OVER;
    }

    /** Whether reading is on, and the client has not ended its side. */
    boolean isOpen() {
        return reading == Reading.ON && end.isEmpty();
    }

    /** Whether more can be read now: a client whose messages nobody takes has to wait. */
    boolean hasRoom() {
        return isOpen() && fits() && !in.hasRemaining();
    }

    private boolean fits() {
        return inbox.size() < INBOX_EVENTS && inboxBytes < INBOX_BYTES;
    }

    boolean isEmpty() {
        return inbox.isEmpty();
    }

    Optional<Inbound> poll() {
        Optional<Inbound> event = Optional.ofNullable(inbox.poll());
        event.ifPresent(taken -> inboxBytes -= weight(taken));
        return event;
    }

    /** Reads what is there, as far as there is room: a client that writes must not wait for a server that writes. */
    void pump() {
        pump(this::fits);
    }

    /** Reads until something came, and no further: the next step may stop reading. */
    void pumpOnce() {
        pump(inbox::isEmpty);
    }

    private void pump(BooleanSupplier goOn) {
        while (reading == Reading.ON && goOn.getAsBoolean()) {
            if (in.hasRemaining()) {
                int before = in.remaining();
                decoder.decode(in, this::receive);
                if (in.remaining() == before) {
                    return;
                }
                continue;
            }
            if (end.isPresent() || !fill(TcpEnd.FIN)) {
                return;
            }
            if (in.remaining() == BUFFER) {
                // A client that sends fast never lets this thread wait.
                Turns.letOthersGoOn();
            }
        }
    }

    /** Whether bytes were read; {@code atEnd} is what the end of them means. */
    private boolean fill(TcpEnd atEnd) {
        in.clear();
        try {
            int count = transport.read(in);
            if (count < 0) {
                ended(atEnd);
            }
            idleDeadline = Deadline.in(IDLE);
            return count > 0;
        } catch (IOException reset) {
            ended(TcpEnd.RST);
            return false;
        } finally {
            in.flip();
        }
    }

    private void ended(TcpEnd how) {
        decoder.end();
        end = Optional.of(how);
        log.clientEnded(how);
        receive(new Inbound.Ended(how));
    }

    private void receive(Inbound event) {
        if (event instanceof Inbound.Close) {
            closing = closing.afterReceiving();
        }
        inboxBytes += weight(event);
        inbox.add(event);
    }

    static long weight(Inbound event) {
        return event instanceof Inbound.Data data ? data.message().content().length() : 0;
    }

    /** A write meets the client's RST before a read does; what came before it is read first. */
    void writeFailed(IOException broken) {
        // The system keeps what came before an RST, and tells of the RST but once: a read then meets an end like that
        // of FIN.
        TcpEnd told = String.valueOf(broken.getMessage()).contains("reset") ? TcpEnd.RST : TcpEnd.FIN;
        while (end.isEmpty() && !in.hasRemaining() && fill(told)) {
            decoder.decode(in, this::receive);
        }
        if (end.isEmpty()) {
            ended(TcpEnd.RST);
        }
    }
}
