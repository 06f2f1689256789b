package io.wstck.server.scenario;

import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CarrierYield;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.NotWritableException;
import io.wstck.server.wire.PeerEnd;
import io.wstck.server.wire.SocketErrors;
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

    /** How many bytes are kept that no decoder takes. */
    static final int BUFFER = 64 << 10;

    /** How long a connection stays on which the server reads nothing, after the client's FIN: the client may still read. */
    private static final Duration AFTER_FIN = Duration.ofSeconds(20);

    /** How many reads one call makes: the caller has to check its deadline in between. */
    private static final int READS_AT_ONCE = 16;

    /** More reads than the system's buffers have bytes for, once the connection is gone. */
    private static final int READS_AT_END = 1_000;

    private static final int INBOX_EVENTS = 10_000;
    private static final long INBOX_BYTES = 8 << 20;

    private final Transport transport;
    private final ConnectionLog log;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER).limit(0);
    private final Deque<Inbound> inbox = new ArrayDeque<>();
    private long inboxBytes;
    private Deadline idleDeadline = Deadline.in(IDLE);
    private Decoder decoder;

    /** What the bytes are that an earlier decoder has left, where it knows. */
    private Optional<String> rest = Optional.empty();

    private Reading reading = Reading.ON;
    private Closing closing = Closing.OPEN;
    private Optional<CloseStatus> clientClose = Optional.empty();
    /** What a failed write told about the client's end, which a read meets later. */
    private Optional<PeerEnd> toldByWrite = Optional.empty();
    /** The end as TCP has it; bytes before it may still wait to be decoded. */
    private Optional<PeerEnd> tcpEnd = Optional.empty();
    /** The end as the player sees it, after everything that came before it. */
    private Optional<PeerEnd> end = Optional.empty();

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

    /** The client's close frame, if one has come; the latest of several. */
    Optional<CloseStatus> clientClose() {
        return clientClose;
    }

    void closeSent() {
        closing = closing.afterSending();
    }

    /** Whether the client has closed the connection, or ended its side of TCP. */
    boolean left() {
        return closing == Closing.RECEIVED || closing == Closing.BOTH || end.isPresent();
    }

    /** How the client has ended its side of TCP, if it has. */
    Optional<PeerEnd> end() {
        return end;
    }

    /** Whether TCP has told of the client's end, though bytes before it may still wait to be decoded. */
    boolean endSeen() {
        return tcpEnd.isPresent();
    }

    /** Until when the connection may stay as quiet as it has been since the client last sent something. */
    Deadline idleDeadline() {
        return idleDeadline;
    }

    /** From here on the client's bytes, those already read too, mean this. */
    void decodeWith(Decoder next) {
        if (decoder instanceof Decoder.OfExcess) {
            // The first of them are lost to the next stage: none of the others has a meaning.
            receive(new Inbound.TooEarly(BUFFER));
            return;
        }
        if (end.isEmpty()) {
            decoder.abandon();
        }
        rest = rest();
        decoder = next;
    }

    private Optional<String> rest() {
        return rest.or(decoder::rest);
    }

    /** The scenario has no later stage: bytes that the current decoder leaves are journaled as bytes. */
    void expectNoLaterStage() {
        decoder.takeAll();
    }

    void stop() {
        if (reading == Reading.OVER) {
            return;
        }
        reading = Reading.STOPPED;
        try {
            transport.narrow();
        } catch (IOException gone) {
            // The next read or write finds that the socket is gone.
            return;
        }
    }

    void resume() {
        reading = reading == Reading.OVER ? reading : Reading.ON;
    }

    /** How many bytes have been read that no decoder has taken. */
    int unread() {
        return in.remaining();
    }

    /** The socket is gone: nothing is read any more. */
    void over() {
        reading = Reading.OVER;
    }

    /** Whether a read makes sense now: a caller that waits for one without this would be woken again and again. */
    boolean wantsBytes() {
        return switch (reading) {
            case ON -> end.isEmpty();
            case STOPPED -> tcpEnd.isEmpty() && in.remaining() < BUFFER;
            case OVER -> false;
        };
    }

    /** Whether {@link #pump} would read now: a client whose messages nobody takes has to wait. */
    boolean hasRoom() {
        return reading == Reading.ON && end.isEmpty() && fits();
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
        if (reading == Reading.STOPPED) {
            lookForEnd();
        } else {
            pump(inbox::isEmpty);
        }
    }

    private void pump(BooleanSupplier goOn) {
        int reads = 0;
        while (reading == Reading.ON && goOn.getAsBoolean()) {
            if (decode()) {
                continue;
            }
            if (end.isPresent()) {
                return;
            }
            if (tcpEnd.isPresent()) {
                ended(tcpEnd.get());
            } else if (reads++ == READS_AT_ONCE) {
                // A client that sends fast never lets this thread wait.
                CarrierYield.letOthersRun();
                return;
            } else if (!fill() && tcpEnd.isEmpty()) {
                return;
            }
        }
    }

    /** Reading has stopped: what comes is kept as it is, while there is room, since the client's end is behind it. */
    private void lookForEnd() {
        boolean more = wantsBytes();
        while (more) {
            more = fill() && wantsBytes();
        }
        if (tcpEnd.isPresent() && end.isEmpty()) {
            Duration left = tcpEnd.get() == PeerEnd.FIN ? AFTER_FIN : Duration.ZERO;
            idleDeadline = idleDeadline.earlier(Deadline.in(left));
        }
    }

    /** Whether the decoder took some of what was read. */
    private boolean decode() {
        int before = in.remaining();
        if (before > 0) {
            decoder.decode(in, this::receive);
        }
        return in.remaining() < before;
    }

    /** Whether bytes were read, behind those that no decoder has taken; {@link #tcpEnd} tells why not. */
    private boolean fill() {
        makeRoom();
        int start = in.position();
        in.position(in.limit()).limit(BUFFER);
        int count = 0;
        try {
            count = transport.read(in);
        } catch (IOException failure) {
            tcpEnd = Optional.of(SocketErrors.ofThisSystem().peerEnd(failure));
        } finally {
            in.limit(in.position()).position(start);
        }
        if (count < 0) {
            tcpEnd = Optional.of(toldByWrite.orElse(PeerEnd.FIN));
        } else if (count > 0) {
            idleDeadline = Deadline.in(IDLE);
        }
        return count > 0;
    }

    private void makeRoom() {
        if (in.remaining() == BUFFER) {
            Decoder.OfExcess excess =
                    new Decoder.OfExcess(log, rest().orElseGet(() -> new Inbound.TooEarly(BUFFER).describe()));
            excess.decode(in, this::receive);
            decoder = excess;
        }
        if (!in.hasRemaining()) {
            in.clear().limit(0);
        } else if (in.limit() == BUFFER) {
            in.compact().flip();
        }
    }

    private void ended(PeerEnd how) {
        decoder.end();
        end = Optional.of(how);
        log.clientEnded(how);
        receive(new Inbound.Ended(how));
    }

    private void receive(Inbound event) {
        if (event instanceof Inbound.Close close) {
            closing = closing.afterReceiving();
            clientClose = Optional.of(close.status());
        }
        inboxBytes += weight(event);
        inbox.add(event);
    }

    static long weight(Inbound event) {
        return event instanceof Inbound.Data data ? data.message().content().length() : 0;
    }

    /** A write met the client's end before a read did. What came before that end is read first, even where reading has stopped. */
    void writeFailed(IOException failure) {
        if (failure instanceof NotWritableException) {
            // TCP is as it was.
            return;
        }
        // The system tells of RST once: a read then meets an end like that of FIN.
        PeerEnd told = SocketErrors.ofThisSystem().peerEnd(failure);
        toldByWrite = Optional.of(told);
        int reads = 0;
        while (end.isEmpty()) {
            if (decode()) {
                continue;
            }
            if (tcpEnd.isPresent()) {
                ended(tcpEnd.get());
            } else if (reads++ == READS_AT_END || (!fill() && tcpEnd.isEmpty())) {
                ended(told);
            }
        }
    }

    /** The connection is over: journals what was read and became no entry. */
    void journalUnread() {
        if (decoder instanceof Decoder.OfExcess excess) {
            excess.journal();
        } else if (in.hasRemaining()) {
            byte[] left = new byte[in.remaining()];
            in.get(left);
            log.unread(log.evidenceOf(Bytes.owning(left)), rest().orElse("no step read them"));
        }
        if (end.isEmpty()) {
            decoder.abandon();
        }
    }
}
