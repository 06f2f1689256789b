package io.wstck.server.scenario;

import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.journal.JournalEntry.Direction;
import io.wstck.server.journal.JournalEntry.EndCause;
import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CarrierYield;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.Payload;
import io.wstck.server.wire.PeerEnd;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.Transport.Interest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** One connection, as the player uses it: what comes, in order, and frames out. The player's thread only. */
final class Link {
    private final Transport transport;
    private final ConnectionLog log;
    private final MemoryBudget.Share memory;
    private final ScriptSignal script;
    private final Incoming incoming;
    private final Outgoing outgoing;
    private final SentPings pings = new SentPings();
    private final SentFraming framing = new SentFraming();

    Link(Transport transport, PlayerContext context, MemoryBudget.Share memory, Decoder decoder) {
        this.transport = transport;
        this.log = context.log();
        this.memory = memory;
        this.script = context.script();
        this.incoming = new Incoming(transport, log, decoder);
        this.outgoing = new Outgoing(transport, incoming, log, script);
    }

    ConnectionLog log() {
        return log;
    }

    /** How far both sides have closed. */
    Closing closing() {
        return incoming.closing();
    }

    /** The client's close frame, if one has come; the latest of several. */
    Optional<CloseStatus> clientClose() {
        return incoming.clientClose();
    }

    /** Whether nothing more can come of this connection but the end of it. */
    boolean over() {
        return incoming.end().isPresent() || outgoing.ended();
    }

    /** How the client has ended its side of TCP, if it has. */
    Optional<PeerEnd> clientEnd() {
        return incoming.end();
    }

    /** Until when the connection may stay as quiet as it has been since the client last sent something. */
    Deadline idleDeadline() {
        return incoming.idleDeadline();
    }

    /** Now, once the script has ended; until then the idle limit, which traffic moves on. */
    Inbox.Deadlines untilScriptEnds(ScriptSignal script) {
        return () -> script.ended() ? Deadline.in(Duration.ZERO) : idleDeadline();
    }

    /** From here on the client's bytes, those already read too, mean this. */
    void decodeWith(Decoder next) {
        incoming.decodeWith(next);
    }

    /** The scenario has no later stage: bytes that the current decoder leaves are journaled as bytes. */
    void expectNoLaterStage() {
        incoming.expectNoLaterStage();
    }

    /** The connection is over: journals what was read and became no entry. */
    void journalUnread() {
        incoming.journalUnread();
    }

    void stopReading() {
        incoming.stop();
    }

    /** How many bytes have been read that no decoder has taken: while reading is stopped, what has come of the client since. */
    int unread() {
        return incoming.unread();
    }

    void resumeReading() {
        incoming.resume();
    }

    /** Lets the player look around; any thread. */
    void wake() {
        transport.wake();
    }

    /** What came next; waits for it until {@code deadline}, or until somebody wakes the connection; empty: nothing yet. */
    Optional<Inbound> next(Deadline deadline) throws InterruptedException {
        script.stopIfAbandoned();
        if (incoming.isEmpty()) {
            boolean endSeen = incoming.endSeen();
            outgoing.trickle();
            incoming.pumpOnce();
            if (incoming.endSeen() != endSeen) {
                // The deadline may have moved.
                return incoming.poll();
            }
        }
        if (incoming.isEmpty() && !exhausted()) {
            Interest interest = incoming.wantsBytes() ? Interest.READING : Interest.NOTHING;
            transport.await(outgoing.pending() ? interest.orWriting() : interest, deadline);
            outgoing.trickle();
            incoming.pumpOnce();
        }
        return incoming.poll();
    }

    /** Whether the client keeps its connection alive with it: a ping, or a pong that answers nothing (RFC 6455 §5.5.2, §5.5.3). */
    boolean keepsAlive(Inbound event) {
        return event instanceof Inbound.Ping
                || (event instanceof Inbound.Pong pong && !pings.mayBeAnsweredBy(pong.payload()));
    }

    /** Nobody needs what came any more: its memory goes back. */
    void letGo(Inbound event) {
        memory.give(Incoming.weight(event));
    }

    /** Whether nothing can come any more. */
    boolean exhausted() {
        return incoming.isEmpty() && (incoming.end().isPresent() || outgoing.released());
    }

    /** Sends a legal frame. */
    Written frame(int opcode, Bytes payload) throws InterruptedException {
        FrameHeader header = FrameHeader.of(FrameHeader.Fin.LAST, opcode, payload.length());
        return frame(header, Stretch.all(PayloadSpec.of(payload)), log.evidenceOf(payload), OptionalInt.empty());
    }

    /**
     * Sends a frame as it is; the payload is masked when the header has a key.
     *
     * @param chop bytes a write
     */
    Written frame(FrameHeader header, Stretch payload, Payload evidence, OptionalInt chop) throws InterruptedException {
        log.frame(Direction.OUT, header, evidence);
        pings.sent(header, payload);
        framing.sent(header, payload.length());
        if (header.opcode() == Opcode.CLOSE) {
            incoming.closeSent();
        }
        Written written = outgoing.write(ByteBuffer.wrap(header.encode()), chop);
        if (written != Written.SENT) {
            return written;
        }
        if (header.mask().isPresent()) {
            byte[] masked = payload.whole().toArray();
            FrameHeader.applyMask(header.mask().getAsInt(), masked, masked.length, 0);
            return outgoing.write(ByteBuffer.wrap(masked), chop);
        }
        return chop.isPresent() ? outgoing.write(payload.whole().buffer(), chop) : pieces(payload);
    }

    /** Makes and writes a payload piece by piece, as long as there is somebody to take it. */
    private Written pieces(Stretch payload) throws InterruptedException {
        Written written = Written.SENT;
        for (int at = 0; at < payload.length() && written == Written.SENT; at += Stretch.PIECE) {
            if (at > 0) {
                // A client that reads fast never lets this thread wait.
                CarrierYield.letOthersRun();
                incoming.pump();
            }
            written = incoming.end().isPresent() && at > 0
                    ? Written.CLIENT_GONE
                    : outgoing.write(payload.piece(at).buffer(), OptionalInt.empty());
        }
        return written;
    }

    /** Sends bytes below the frame layer, journaled as such. */
    Written bytes(Bytes content, OptionalInt chop) throws InterruptedException {
        log.bytes(Direction.OUT, log.evidenceOf(content));
        pings.sent(content);
        framing.sent(content);
        return write(content.buffer(), chop);
    }

    /** Queues a part of bytes that were journaled as a whole. */
    Written part(Bytes content) throws InterruptedException {
        framing.sent(content);
        return write(content.buffer(), OptionalInt.empty());
    }

    /** Whether the next frame would become a part of one that is not complete. */
    boolean insideFrame() {
        return framing.insideFrame();
    }

    /** Queues bytes, unjournaled; they leave with the next {@link #flush}, or at once when they are many or chopped. */
    Written write(ByteBuffer bytes, OptionalInt chop) throws InterruptedException {
        return outgoing.write(bytes, chop);
    }

    /** Sends what is queued, and waits until TCP has all of it. */
    Written flush() throws InterruptedException {
        return outgoing.flush();
    }

    /** Writes {@code bytes}, unjournaled, until TCP has taken nothing for {@code stuck}; reads meanwhile. */
    Outgoing.Fill fill(ByteBuffer bytes, Duration stuck, Deadline within) throws InterruptedException {
        return outgoing.fill(bytes, stuck, within);
    }

    /** Ends the server's side of TCP, as told; a side that has ended stays so. */
    void end(TcpEnd how) throws InterruptedException {
        outgoing.end(how);
    }

    /** Ends the connection with RST, unless its socket is gone. */
    void release(EndCause cause) {
        outgoing.release(cause);
    }

    /** Lets go of the socket after both sides have ended, or the wait for the client's end was in vain. */
    void close() throws IOException {
        outgoing.close();
    }
}
