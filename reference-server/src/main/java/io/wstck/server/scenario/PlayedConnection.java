package io.wstck.server.scenario;

import io.wstck.server.connection.ClosingHandshake;
import io.wstck.server.connection.MovingDeadline;
import io.wstck.server.connection.Receiver;
import io.wstck.server.connection.ServerConnection;
import io.wstck.server.connection.WriteLimits;
import io.wstck.server.connection.WriteResult;
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
import io.wstck.server.wire.PeerEnd;
import io.wstck.server.wire.RecordedPayload;
import io.wstck.server.wire.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The connection as the players of steps use it: they take the client's events from it, and send frames and bytes
 * through it. It decodes and journals the client's bytes, and queues the events in their order. The player's thread
 * only, or an I/O thread that works while the player waits in {@link #next}. That holds for all its objects too.
 */
final class PlayedConnection implements Receiver {
    /** The time limit for a connection without traffic. */
    static final Duration IDLE_LIMIT = Duration.ofMinutes(10);

    /** The time limit after the client's FIN while the server reads nothing. The client may still read. */
    private static final Duration AFTER_FIN_LIMIT = Duration.ofSeconds(20);

    private static final int MAX_INBOX_EVENTS = 10_000;
    private static final long MAX_INBOX_BYTES = 8 << 20;

    private final ServerConnection connection;
    private final ConnectionLog log;
    private final MemoryBudget.MemoryReservation memory;
    private final SessionSignals signals;
    private final StageDecoders stages;
    private final Deque<InboundEvent> inbox = new ArrayDeque<>();
    private final SentPings pings = new SentPings();
    private final SentFrameTracker framing = new SentFrameTracker();
    private final PiecePauses pauses = new PiecePauses();
    private final WriteLimits writeLimits = WriteLimits.anySize(IDLE_LIMIT, this::writeDeadline);
    private long inboxBytes;
    private Deadline idleDeadline = Deadline.in(IDLE_LIMIT);
    /** The end of a grace period that began with the last read after the end of the script. */
    private Deadline graceOfRead = Deadline.in(Duration.ZERO);

    private Optional<CloseStatus> clientClose = Optional.empty();
    /** Whether the server has ended its side and does not go on reading. */
    private boolean done;

    private Optional<BooleanSupplier> workWhileWaiting = Optional.empty();

    PlayedConnection(
            Transport transport, PlayerContext context, MemoryBudget.MemoryReservation memory, Decoder decoder) {
        this.connection = new ServerConnection(transport, this, new ClosingHandshake());
        this.log = context.log();
        this.memory = memory;
        this.signals = context.signals();
        this.stages = new StageDecoders(log, this::receive, decoder);
    }

    ConnectionLog log() {
        return log;
    }

    /** The underlying connection, for reading, waiting and releasing. */
    ServerConnection tcp() {
        return connection;
    }

    ClosingHandshake closing() {
        return connection.closing();
    }

    /** The client's latest close frame, if any has come. */
    Optional<CloseStatus> clientClose() {
        return clientClose;
    }

    /** Whether the connection is over: one side has ended it. */
    boolean isOver() {
        return connection.clientEnd().isPresent() || serverEnded();
    }

    private boolean serverEnded() {
        return done || connection.released();
    }

    /** How the client has ended its side of TCP; absent until it has. */
    Optional<PeerEnd> clientEnd() {
        return connection.clientEnd();
    }

    /**
     * The deadline for waiting until the script ends: now, once it has ended; before that the idle limit, which moves
     * with every read.
     */
    MovingDeadline scriptEndDeadline() {
        return () -> signals.scriptEnded() ? Deadline.in(Duration.ZERO) : idleDeadline;
    }

    /**
     * The end of the grace period for an expectation. After the end of the script it moves with every read: bytes that
     * still arrive belong to frames before the expected one.
     */
    Deadline graceDeadline() {
        Deadline grace = signals.graceDeadline();
        return signals.scriptEnded() ? grace.later(graceOfRead) : grace;
    }

    /** The decoders of the stages. */
    StageDecoders stages() {
        return stages;
    }

    /** Journals the bytes that were read and are in no entry, after the end of the connection. */
    void journalUnread() {
        stages.journalUnread(connection.takeUnread());
    }

    @Override
    public void take(ByteBuffer in) {
        stages.take(in);
    }

    @Override
    public void takeAll(ByteBuffer in) {
        stages.takeExcess(in);
    }

    @Override
    public boolean hasRoom() {
        return inbox.size() < MAX_INBOX_EVENTS && inboxBytes < MAX_INBOX_BYTES;
    }

    @Override
    public void countRead(int bytes) {
        idleDeadline = Deadline.in(IDLE_LIMIT);
        if (signals.scriptEnded()) {
            graceOfRead = Deadline.in(signals.gracePeriod());
        }
    }

    @Override
    public void clientEnded(PeerEnd how) {
        stages.clientEnded();
        log.clientEnded(how);
        receive(new InboundEvent.TcpEnded(how));
    }

    private void receive(InboundEvent event) {
        if (event instanceof InboundEvent.Close close) {
            connection.closing().addReceived(close.status());
            clientClose = Optional.of(close.status());
        }
        inboxBytes += weight(event);
        inbox.add(event);
    }

    private static long weight(InboundEvent event) {
        return event instanceof InboundEvent.ReceivedMessage data
                ? data.message().content().length()
                : 0;
    }

    /** Returns the next event. Waits for it until {@code deadline} or a wake-up. Empty when none has come yet. */
    Optional<InboundEvent> next(Deadline deadline) throws InterruptedException {
        signals.stopIfAbandoned();
        if (inbox.isEmpty()) {
            Optional<PeerEnd> unreadEnd = connection.unreadEnd();
            writeAndRead();
            if (!connection.unreadEnd().equals(unreadEnd)) {
                // The caller's deadline may have moved.
                return poll();
            }
        }
        if (inbox.isEmpty() && !isExhausted()) {
            await(deadline);
            writeAndRead();
        }
        return poll();
    }

    /**
     * Writes queued bytes, and reads until an event has come. It reads no further, because the next step may stop
     * reading.
     */
    private void writeAndRead() {
        connection.writeAvailable();
        connection.read(inbox::isEmpty);
        if (connection.unreadEnd().isPresent()) {
            boolean mayRead = connection.unreadEnd().get() == PeerEnd.FIN;
            idleDeadline = idleDeadline.earlier(Deadline.in(mayRead ? AFTER_FIN_LIMIT : Duration.ZERO));
        }
    }

    private Optional<InboundEvent> poll() {
        Optional<InboundEvent> event = Optional.ofNullable(inbox.poll());
        event.ifPresent(taken -> inboxBytes -= weight(taken));
        return event;
    }

    private void await(Deadline deadline) throws InterruptedException {
        if (workWhileWaiting.isPresent()) {
            connection.await(deadline, workWhileWaiting.get());
        } else {
            connection.await(deadline);
        }
    }

    /** Sets the work of an I/O thread while the player waits for an event; see {@link Transport#awaitBytes}. */
    void workWhileWaiting(Optional<BooleanSupplier> work) {
        workWhileWaiting = work;
    }

    /**
     * Reads what has come, and passes each event to {@code taker} until it refuses one. Then writes as much as TCP
     * accepts now. Never waits.
     *
     * @param taker may queue {@link ServerConnection#room} bytes
     * @return whether all events were taken and all bytes written
     */
    boolean takeAvailable(Predicate<InboundEvent> taker) {
        writeAndRead();
        for (Optional<InboundEvent> event = poll(); event.isPresent(); event = poll()) {
            if (!taker.test(event.get())) {
                inbox.addFirst(event.get());
                inboxBytes += weight(event.get());
                return false;
            }
        }
        connection.writeAvailable();
        return inbox.isEmpty() && !connection.hasQueued();
    }

    /** Whether the event is a keep-alive frame: a ping, or a pong that answers no ping (RFC 6455 §5.5.2, §5.5.3). */
    boolean keepsAlive(InboundEvent event) {
        return event instanceof InboundEvent.Ping
                || (event instanceof InboundEvent.Pong pong && !pings.mayBeAnsweredBy(pong.payload()));
    }

    /** Releases the memory of an event. */
    void releaseMemory(InboundEvent event) {
        memory.release(weight(event));
    }

    /** Whether no further event can come. */
    boolean isExhausted() {
        return inbox.isEmpty() && (connection.clientEnd().isPresent() || connection.released());
    }

    /** Sends a legal frame. */
    SendResult sendFrame(int opcode, Bytes payload) throws InterruptedException {
        FrameHeader header = FrameHeader.of(FrameHeader.Fin.LAST, opcode, payload.length());
        return sendFrame(
                header, PayloadRange.all(PayloadSpec.of(payload)), log.evidenceOf(payload), OptionalInt.empty());
    }

    /**
     * Sends a frame, legal or not. The payload is masked if the header has a key.
     *
     * @param chop the number of bytes per write
     */
    SendResult sendFrame(FrameHeader header, PayloadRange payload, RecordedPayload evidence, OptionalInt chop)
            throws InterruptedException {
        log.frame(Direction.OUT, header, evidence);
        pings.sent(header, payload);
        framing.sent(header, payload.length());
        if (header.opcode() == Opcode.CLOSE) {
            connection.closing().addSent(new CloseStatus(payload.piece(0)));
        }
        SendResult written = write(ByteBuffer.wrap(header.encode()), chop);
        if (written != SendResult.SENT) {
            return written;
        }
        if (header.mask().isPresent()) {
            byte[] masked = payload.whole().toArray();
            FrameHeader.applyMask(header.mask().getAsInt(), masked, masked.length, 0);
            return write(ByteBuffer.wrap(masked), chop);
        }
        return chop.isPresent() ? write(payload.whole().buffer(), chop) : writePieces(payload);
    }

    /** Generates and writes a payload in pieces, until the client is gone. */
    private SendResult writePieces(PayloadRange payload) throws InterruptedException {
        SendResult written = SendResult.SENT;
        for (int at = 0; at < payload.length() && written == SendResult.SENT; at += PayloadRange.PIECE_BYTES) {
            if (at > 0) {
                // A fast client never lets this thread wait.
                CarrierYield.letOthersRun();
                connection.read();
            }
            written = connection.clientEnd().isPresent() && at > 0
                    ? SendResult.CLIENT_GONE
                    : write(payload.piece(at).buffer(), OptionalInt.empty());
        }
        return written;
    }

    /** Sends raw bytes and journals them as such. */
    SendResult sendBytes(Bytes content, OptionalInt chop) throws InterruptedException {
        log.bytes(Direction.OUT, log.evidenceOf(content));
        pings.sent(content);
        framing.sent(content);
        return write(content.buffer(), chop);
    }

    /** Queues a part of bytes that were journaled before. */
    SendResult queuePart(Bytes content) throws InterruptedException {
        framing.sent(content);
        return write(content.buffer(), OptionalInt.empty());
    }

    /** Whether the server has sent an incomplete frame, so that another frame would become a part of it. */
    boolean insideFrame() {
        return framing.insideFrame();
    }

    /**
     * Queues bytes without journaling them. The next {@link #flush} writes them; many or chopped bytes are written at
     * once.
     */
    SendResult write(ByteBuffer bytes, OptionalInt chop) throws InterruptedException {
        return chop.isEmpty()
                ? toSendResult(connection.write(bytes, writeLimits))
                : writeChopped(bytes, chop.getAsInt());
    }

    private SendResult writeChopped(ByteBuffer bytes, int chop) throws InterruptedException {
        SendResult written = flush();
        while (written == SendResult.SENT && bytes.hasRemaining()) {
            if (pauses.pauseBeforeNext()) {
                pause();
            }
            int count = Math.min(chop, bytes.remaining());
            written = write(bytes.slice(bytes.position(), count), OptionalInt.empty());
            if (written == SendResult.SENT) {
                written = flush();
            }
            bytes.position(bytes.position() + count);
        }
        return written;
    }

    /** Pauses so that the client can read the bytes written so far. After the end of the script it does not pause. */
    private void pause() throws InterruptedException {
        long begun = System.nanoTime();
        Deadline until = Deadline.in(PiecePauses.PAUSE);
        while (connection.writable() && !signals.scriptEnded() && !until.hasPassed()) {
            signals.stopIfAbandoned();
            connection.awaitWake(until);
        }
        pauses.addPause(Duration.ofNanos(System.nanoTime() - begun));
    }

    private Deadline writeDeadline() throws InterruptedException {
        signals.stopIfAbandoned();
        return signals.graceDeadline();
    }

    /** Writes the queued bytes and waits until TCP has accepted all. */
    SendResult flush() throws InterruptedException {
        return toSendResult(connection.flush(writeLimits));
    }

    /** Converts the result of a write. A client that does not read in time is disconnected. */
    private SendResult toSendResult(WriteResult result) {
        return switch (result) {
            case DONE -> SendResult.SENT;
            case CLIENT_GONE -> SendResult.CLIENT_GONE;
            case STALLED, LATE -> {
                boolean clientLeft =
                        clientClose.isPresent() || connection.clientEnd().isPresent();
                reset(EndCause.SCENARIO);
                yield clientLeft ? SendResult.CLIENT_GONE : SendResult.STALLED;
            }
        };
    }

    /**
     * Writes {@code bytes} without journaling them, until TCP has accepted nothing for {@code stuck}. The rest is
     * written when the client reads again.
     */
    WriteResult fill(ByteBuffer bytes, Duration stuck, Deadline within) throws InterruptedException {
        return connection.fill(bytes, WriteLimits.anySize(stuck, () -> within.earlier(writeDeadline())));
    }

    /** Ends the server's side of TCP in this way, unless it has ended. */
    void endTcp(TcpEnd how) throws InterruptedException {
        if (how != TcpEnd.RST) {
            var _ = flush();
        }
        if (serverEnded()) {
            return;
        }
        if (how == TcpEnd.RST) {
            connection.writeAvailable();
            reset(EndCause.SCENARIO);
            return;
        }
        if (connection.writable()) {
            log.serverEnded(how, EndCause.SCENARIO);
            connection.endWrites();
        }
        done = how == TcpEnd.FIN;
    }

    /** Ends the connection with RST, unless the socket is gone. */
    void reset(EndCause cause) {
        if (!connection.released()) {
            log.serverEnded(TcpEnd.RST, cause);
            connection.abort();
        }
    }
}
