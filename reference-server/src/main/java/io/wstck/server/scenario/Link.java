package io.wstck.server.scenario;

import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.journal.JournalEntry.Direction;
import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.Payload;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.Transport.Interest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One connection, as the player uses it: what comes in order, what goes out, and how far each side has closed. While it
 * writes it also reads, within bounds, or two full pipes would wait for each other. The player's thread only.
 */
final class Link {
    /** How long a connection may stay without any traffic. */
    static final Duration IDLE = Duration.ofMinutes(10);

    private static final int BUFFER = 64 << 10;
    private static final int INBOX_EVENTS = 10_000;
    private static final long INBOX_BYTES = 8 << 20;

    private final Transport transport;
    private final ConnectionLog log;
    private final ScriptSignal script;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER);
    private final ByteBuffer out = ByteBuffer.allocate(BUFFER);
    private final Deque<Inbound> inbox = new ArrayDeque<>();
    private long inboxBytes;
    private Deadline idleDeadline = Deadline.in(IDLE);
    private Decoder decoder;
    private Reading reading = Reading.ON;
    private Closing closing = Closing.OPEN;
    private ServerSide server = ServerSide.OPEN;
    private Optional<TcpEnd> clientEnd = Optional.empty();

    private enum Reading {
        ON,
        STOPPED
    }

    /** Until when the connection may stay as quiet as it has been since the client last sent something. */
    Deadline idleDeadline() {
        return idleDeadline;
    }

    /** How far the closing handshake has come (RFC 6455 §7.1). */
    enum Closing {
        OPEN,
        SENT,
        RECEIVED,
        BOTH
    }

    /** The server's side of TCP. */
    private enum ServerSide {
        OPEN,
        /** FIN was sent, to go on reading. */
        HALF_CLOSED,
        /** FIN was sent, to be done. */
        ENDED,
        /** The socket is gone. */
        RELEASED
    }

    /** How a write went. */
    enum Written {
        SENT,
        CLIENT_GONE,
        /** The client did not read in time; part of it may be on the wire. */
        STALLED
    }

    Link(Transport transport, ConnectionLog log, ScriptSignal script, Decoder decoder) {
        this.transport = transport;
        this.log = log;
        this.script = script;
        this.decoder = decoder;
        in.flip();
    }

    ConnectionLog log() {
        return log;
    }

    Closing closing() {
        return closing;
    }

    /** Whether nothing more can come of this connection but the end of it. */
    boolean over() {
        return clientEnd.isPresent() || server == ServerSide.ENDED || server == ServerSide.RELEASED;
    }

    /** How the client has ended its side of TCP, if it has. */
    Optional<TcpEnd> clientEnd() {
        return clientEnd;
    }

    /** From here on the client's bytes, those already read too, mean this. */
    void decodeWith(Decoder next) {
        decoder = next;
    }

    void stopReading() {
        reading = Reading.STOPPED;
    }

    void resumeReading() {
        reading = Reading.ON;
    }

    /** What came next; waits for it until {@code deadline}, or until somebody wakes the connection; empty: nothing yet. */
    Optional<Inbound> next(Deadline deadline) throws InterruptedException {
        if (flush() == Written.STALLED) {
            return Optional.empty();
        }
        pump();
        if (inbox.isEmpty() && !exhausted()) {
            transport.await(reading == Reading.ON ? Interest.READING : Interest.NOTHING, deadline);
            pump();
        }
        Optional<Inbound> event = Optional.ofNullable(inbox.poll());
        event.ifPresent(taken -> inboxBytes -= weight(taken));
        return event;
    }

    /** Whether nothing can come any more. */
    boolean exhausted() {
        return inbox.isEmpty() && (clientEnd.isPresent() || server == ServerSide.RELEASED);
    }

    /** Reads what is there, as far as the inbox has room. */
    private void pump() {
        while (reading == Reading.ON && hasRoom() && server != ServerSide.RELEASED) {
            if (in.hasRemaining()) {
                int before = in.remaining();
                decoder.decode(in, this::receive);
                if (in.remaining() == before) {
                    return;
                }
                continue;
            }
            if (clientEnd.isPresent() || !fill()) {
                return;
            }
        }
    }

    /** Whether bytes were read. */
    private boolean fill() {
        in.clear();
        try {
            int count = transport.read(in);
            if (count < 0) {
                ended(TcpEnd.FIN);
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
        clientEnd = Optional.of(how);
        log.clientEnded(how);
        receive(new Inbound.Ended(how));
    }

    private void receive(Inbound event) {
        if (event instanceof Inbound.Close) {
            closing = closing == Closing.SENT ? Closing.BOTH : closing == Closing.OPEN ? Closing.RECEIVED : closing;
        }
        inboxBytes += weight(event);
        inbox.add(event);
    }

    private static long weight(Inbound event) {
        return event instanceof Inbound.Data data ? data.message().content().length() : 0;
    }

    private boolean hasRoom() {
        return inbox.size() < INBOX_EVENTS && inboxBytes < INBOX_BYTES;
    }

    /** Sends a legal frame. */
    Written frame(int opcode, Bytes payload) throws InterruptedException {
        return frame(FrameHeader.of(FrameHeader.Fin.LAST, opcode, payload.length()), payload, OptionalInt.empty());
    }

    /** Sends a frame as it is; the payload is masked when the header has a key. {@code chop}: bytes a write. */
    Written frame(FrameHeader header, Bytes payload, OptionalInt chop) throws InterruptedException {
        return frame(header, payload, Payload.of(payload), chop);
    }

    /** Sends a message in one frame. */
    Written message(MessageType type, Bytes content) throws InterruptedException {
        Payload evidence = Payload.of(content);
        FrameHeader header = FrameHeader.of(FrameHeader.Fin.LAST, type.opcode(), content.length());
        Written written = frame(header, content, evidence, OptionalInt.empty());
        log.message(Direction.OUT, type, 1, evidence);
        return written;
    }

    private Written frame(FrameHeader header, Bytes payload, Payload evidence, OptionalInt chop)
            throws InterruptedException {
        log.frame(Direction.OUT, header, evidence);
        if (header.opcode() == Opcode.CLOSE) {
            closing = closing == Closing.RECEIVED ? Closing.BOTH : closing == Closing.OPEN ? Closing.SENT : closing;
        }
        Written written = write(ByteBuffer.wrap(header.encode()), chop);
        if (written != Written.SENT) {
            return written;
        }
        if (header.mask().isEmpty()) {
            return write(payload.buffer(), chop);
        }
        byte[] masked = payload.toArray();
        FrameHeader.applyMask(header.mask().getAsInt(), masked, masked.length, 0);
        return write(ByteBuffer.wrap(masked), chop);
    }

    /** Sends bytes below the frame layer, journaled as such. */
    Written bytes(Bytes content, OptionalInt chop) throws InterruptedException {
        log.bytes(Direction.OUT, Payload.of(content));
        return write(content.buffer(), chop);
    }

    /** Queues bytes, unjournaled; they leave with the next {@link #flush}, or at once when they are many or chopped. */
    Written write(ByteBuffer bytes, OptionalInt chop) throws InterruptedException {
        if (chop.isPresent()) {
            return writeChopped(bytes, chop.getAsInt());
        }
        if (bytes.remaining() > out.remaining()) {
            Written flushed = flush();
            if (flushed != Written.SENT) {
                return flushed;
            }
        }
        if (bytes.remaining() > out.remaining()) {
            return push(bytes);
        }
        out.put(bytes);
        return Written.SENT;
    }

    private Written writeChopped(ByteBuffer bytes, int chop) throws InterruptedException {
        Written written = flush();
        while (written == Written.SENT && bytes.hasRemaining()) {
            int count = Math.min(chop, bytes.remaining());
            written = push(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
        }
        return written;
    }

    /** Sends what is queued. */
    Written flush() throws InterruptedException {
        out.flip();
        try {
            return push(out);
        } finally {
            out.clear();
        }
    }

    private Written push(ByteBuffer bytes) throws InterruptedException {
        while (bytes.hasRemaining()) {
            if (server != ServerSide.OPEN) {
                return Written.CLIENT_GONE;
            }
            int count;
            try {
                count = transport.write(bytes);
            } catch (IOException broken) {
                writeFailed(broken);
                return Written.CLIENT_GONE;
            }
            if (count == 0 && !awaitWritable()) {
                release();
                return Written.STALLED;
            }
        }
        return Written.SENT;
    }

    private boolean awaitWritable() throws InterruptedException {
        pump();
        Deadline deadline = script.grace().earlier(Deadline.in(IDLE));
        boolean reads = reading == Reading.ON && hasRoom() && clientEnd.isEmpty() && !in.hasRemaining();
        transport.await(reads ? Interest.BOTH : Interest.WRITING, deadline);
        return !script.grace().earlier(deadline).passed();
    }

    /** A write meets the client's RST before a read does; what came before it is read first. */
    private void writeFailed(IOException broken) {
        Reading before = reading;
        reading = Reading.ON;
        String message = String.valueOf(broken.getMessage());
        boolean reset = message.contains("reset");
        while (clientEnd.isEmpty() && !reset && !in.hasRemaining() && fill()) {
            decoder.decode(in, this::receive);
        }
        if (clientEnd.isEmpty()) {
            ended(TcpEnd.RST);
        }
        reading = before;
    }

    /** Ends the server's side of TCP, as told; a side that has ended stays so. */
    void end(TcpEnd how) throws InterruptedException {
        var _ = flush();
        if (server == ServerSide.RELEASED || server == ServerSide.ENDED) {
            return;
        }
        if (how == TcpEnd.RST) {
            release();
            return;
        }
        if (server == ServerSide.OPEN) {
            log.serverEnded(how);
            try {
                transport.shutdownWrites();
            } catch (IOException gone) {
                writeFailed(gone);
            }
        }
        server = how == TcpEnd.HALF ? ServerSide.HALF_CLOSED : ServerSide.ENDED;
    }

    /** Ends the connection with RST, unless its socket is gone. */
    void release() {
        if (server != ServerSide.RELEASED) {
            log.serverEnded(TcpEnd.RST);
            transport.abort();
            server = ServerSide.RELEASED;
        }
    }

    /** Lets go of the socket after both sides have ended, or the wait for the client's end was in vain. */
    void close() throws IOException {
        if (server != ServerSide.RELEASED) {
            server = ServerSide.RELEASED;
            transport.close();
        }
    }
}
