package io.wstck.server.scenario;

import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.journal.JournalEntry.EndCause;
import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.Transport.Interest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The server's side of one connection: bytes out, and how TCP ends. While it writes it also reads, within bounds, or two full
 * pipes would wait for each other. The player's thread only.
 */
final class Outgoing {
    private static final int BUFFER = 64 << 10;

    private final Transport transport;
    private final Incoming incoming;
    private final ConnectionLog log;
    private final ScriptSignal script;
    /** What is to leave before {@link #queue}: the rest of a message that the client did not take. */
    private Optional<ByteBuffer> rest = Optional.empty();

    private final ByteBuffer queue = ByteBuffer.allocate(BUFFER);
    private final PiecePauses pauses = new PiecePauses();
    private Side side = Side.OPEN;

    private enum Side {
        OPEN,
        /** FIN was sent, to go on reading. */
        HALF_CLOSED,
        /** FIN was sent, to be done. */
        ENDED,
        /** The socket is gone. */
        RELEASED
    }

    /** How an attempt to fill the client's pipe went. */
    enum Fill {
        TAKEN,
        /** Nothing was taken for as long as was asked; the rest leaves when the client reads again. */
        BLOCKED,
        /** The time was over first. */
        LATE,
        CLIENT_GONE
    }

    Outgoing(Transport transport, Incoming incoming, ConnectionLog log, ScriptSignal script) {
        this.transport = transport;
        this.incoming = incoming;
        this.log = log;
        this.script = script;
    }

    /** Whether FIN or RST was sent, to be done. */
    boolean ended() {
        return side == Side.ENDED || side == Side.RELEASED;
    }

    boolean released() {
        return side == Side.RELEASED;
    }

    /** Queues bytes, unjournaled; they leave with the next {@link #flush}, or at once when they are many or chopped. */
    Written write(ByteBuffer bytes, OptionalInt chop) throws InterruptedException {
        if (chop.isPresent()) {
            return writeChopped(bytes, chop.getAsInt());
        }
        if (bytes.remaining() > queue.remaining()) {
            Written flushed = flush();
            if (flushed != Written.SENT) {
                return flushed;
            }
        }
        if (bytes.remaining() > queue.remaining()) {
            return push(bytes);
        }
        queue.put(bytes);
        return Written.SENT;
    }

    private Written writeChopped(ByteBuffer bytes, int chop) throws InterruptedException {
        Written written = flush();
        while (written == Written.SENT && bytes.hasRemaining()) {
            if (pauses.beforeNext()) {
                pause();
            }
            int count = Math.min(chop, bytes.remaining());
            written = push(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
        }
        return written;
    }

    /** Lets the client read what was written so far; not once the script has ended, since nothing is judged by it then. */
    private void pause() throws InterruptedException {
        Deadline until = Deadline.in(PiecePauses.PAUSE);
        while (side == Side.OPEN && !script.ended() && !until.passed()) {
            script.stopIfAbandoned();
            transport.await(Interest.NOTHING, until);
        }
    }

    /** Sends what is queued, and waits until TCP has all of it. */
    Written flush() throws InterruptedException {
        if (rest.isPresent()) {
            Written written = push(rest.get());
            if (written != Written.SENT) {
                return written;
            }
            rest = Optional.empty();
        }
        queue.flip();
        try {
            return push(queue);
        } finally {
            queue.clear();
        }
    }

    private Written push(ByteBuffer bytes) throws InterruptedException {
        while (true) {
            if (!bytes.hasRemaining() && !held()) {
                return Written.SENT;
            }
            if (side != Side.OPEN) {
                return Written.CLIENT_GONE;
            }
            try {
                if (take(bytes) > 0) {
                    continue;
                }
            } catch (IOException broken) {
                writeFailed(broken);
                return Written.CLIENT_GONE;
            }
            if ((bytes.hasRemaining() || held()) && !awaitWritable(Deadline.in(Incoming.IDLE))) {
                Written how = incoming.left() ? Written.CLIENT_GONE : Written.STALLED;
                release(EndCause.SCENARIO);
                return how;
            }
        }
    }

    /** Whether the transport holds something back that TCP did not take. */
    private boolean held() {
        try {
            return side == Side.OPEN && !transport.flush();
        } catch (IOException broken) {
            writeFailed(broken);
            return false;
        }
    }

    private int take(ByteBuffer bytes) throws IOException {
        return bytes.hasRemaining() ? transport.write(bytes) : 0;
    }

    /** A reset is read as such even while reading is stopped. */
    private void writeFailed(IOException broken) {
        incoming.writeFailed(broken);
    }

    /** Whether the limit, or the end of the script, has not come first. */
    private boolean awaitWritable(Deadline limit) throws InterruptedException {
        script.stopIfAbandoned();
        incoming.pump();
        Deadline deadline = script.grace().earlier(limit);
        transport.await(incoming.hasRoom() ? Interest.BOTH : Interest.WRITING, deadline);
        return !script.grace().earlier(deadline).passed();
    }

    /** Sends what is queued as far as TCP takes it now. */
    void trickle() {
        if (side != Side.OPEN) {
            return;
        }
        try {
            if (rest.isPresent()) {
                var _ = take(rest.get());
                if (rest.get().hasRemaining()) {
                    return;
                }
                rest = Optional.empty();
            }
            queue.flip();
            try {
                var _ = take(queue);
            } finally {
                queue.compact();
            }
            var _ = transport.flush();
        } catch (IOException broken) {
            writeFailed(broken);
            rest = Optional.empty();
            queue.clear();
        }
    }

    /** Whether something waits for the client to read. */
    boolean pending() {
        return side == Side.OPEN && incoming.end().isEmpty() && (rest.isPresent() || queue.position() > 0);
    }

    /** Writes what is queued and {@code message}, until TCP has taken nothing for {@code stuck}; reads meanwhile. */
    Fill fill(ByteBuffer message, Duration stuck, Deadline within) throws InterruptedException {
        ByteBuffer bytes = ByteBuffer.allocate(queue.position() + message.remaining());
        bytes.put(queue.flip()).put(message).flip();
        queue.clear();
        while (bytes.hasRemaining()) {
            if (side != Side.OPEN || incoming.end().isPresent()) {
                return Fill.CLIENT_GONE;
            }
            Deadline nothing = Deadline.in(stuck);
            try {
                while (take(bytes) == 0) {
                    boolean timely = awaitWritable(nothing.earlier(within));
                    if (nothing.passed()) {
                        rest = Optional.of(bytes);
                        return Fill.BLOCKED;
                    }
                    if (!timely) {
                        rest = Optional.of(bytes);
                        return Fill.LATE;
                    }
                }
            } catch (IOException broken) {
                writeFailed(broken);
                return Fill.CLIENT_GONE;
            }
        }
        return Fill.TAKEN;
    }

    /** Ends the server's side of TCP, as told; a side that has ended stays so. */
    void end(TcpEnd how) throws InterruptedException {
        if (how != TcpEnd.RST) {
            var _ = flush();
        }
        if (ended()) {
            return;
        }
        if (how == TcpEnd.RST) {
            trickle();
            release(EndCause.SCENARIO);
            return;
        }
        if (side == Side.OPEN) {
            log.serverEnded(how, EndCause.SCENARIO);
            try {
                transport.shutdownWrites();
            } catch (IOException gone) {
                writeFailed(gone);
            }
        }
        side = how == TcpEnd.HALF ? Side.HALF_CLOSED : Side.ENDED;
    }

    /** Ends the connection with RST, unless its socket is gone. */
    void release(EndCause cause) {
        if (side != Side.RELEASED) {
            log.serverEnded(TcpEnd.RST, cause);
            transport.abort();
            side = Side.RELEASED;
            incoming.over();
        }
    }

    /** Lets go of the socket after both sides have ended, or the wait for the client's end was in vain. */
    void close() throws IOException {
        if (side != Side.RELEASED) {
            side = Side.RELEASED;
            incoming.over();
            transport.close();
        }
    }
}
