package io.wstck.server.exchange;

import io.wstck.server.exchange.WireLine.Side;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CarrierYield;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.PeerEnd;
import io.wstck.server.wire.SocketErrors;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.Transport.Interest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One connection: frames out, gathered into as few writes as the pace allows, bytes in. While it waits to write it reads, or two
 * full pipes would wait for each other. The player's thread only.
 */
final class Line {
    private static final int BUFFER = 64 << 10;

    /** Reads without a look at anything else: a client that floods is looked at in between. */
    private static final int READS_AT_ONCE = 16;

    /** How long the client may take nothing of what it is sent. */
    private static final Duration STALL = Duration.ofSeconds(20);

    private final Transport transport;
    private final Listening listening;
    private final Minutes minutes;
    private final ByteBuffer out = ByteBuffer.allocate(BUFFER);
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER);
    private Optional<PeerEnd> clientEnd = Optional.empty();
    /** What a failed write told about the client's end, which a read meets later. */
    private Optional<PeerEnd> toldByWrite = Optional.empty();

    private Writing writing = Writing.OPEN;

    private enum Writing {
        OPEN,
        /** The client has taken nothing for too long. */
        GIVEN_UP,
        /** The client is gone, or the server has sent FIN. */
        OVER
    }

    Line(Transport transport, Listening listening, Minutes minutes) {
        this.transport = transport;
        this.listening = listening;
        this.minutes = minutes;
    }

    /** How the client has ended its side of TCP, if it has. */
    Optional<PeerEnd> clientEnd() {
        return clientEnd;
    }

    /** Whether the client took nothing of what it was sent for so long that nothing more is sent: no answer is to be expected. */
    boolean gaveUp() {
        return writing == Writing.GIVEN_UP;
    }

    /** Queues a frame. */
    void frame(OutFrame frame, Pace pace, Deadline limit) throws InterruptedException {
        frame(frame.header(), frame.payload().buffer(), frame.payload(), pace, limit);
    }

    /** Queues a frame whose payload is the rest of {@code payload}; {@code shown} is for the log. */
    void frame(FrameHeader header, ByteBuffer payload, Bytes shown, Pace pace, Deadline limit)
            throws InterruptedException {
        minutes.frame(Side.SERVER, header, shown);
        if (out.remaining() < FrameHeader.MAX_BYTES) {
            flush(pace, limit);
        }
        out.put(header.encode());
        raw(payload, pace, limit);
        if (pace instanceof Pace.EachFrame) {
            flush(pace, limit);
        }
    }

    /** Queues bytes. */
    void raw(ByteBuffer bytes, Pace pace, Deadline limit) throws InterruptedException {
        while (writing == Writing.OPEN && bytes.hasRemaining()) {
            if (!out.hasRemaining()) {
                flush(pace, limit);
            }
            int count = Math.min(out.remaining(), bytes.remaining());
            out.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
        }
    }

    /** Sends what is queued; gives up when the client is gone, takes nothing for long, or has not taken all until {@code limit}. */
    void flush(Pace pace, Deadline limit) throws InterruptedException {
        int most = pace instanceof Pace.Chopped chopped ? chopped.bytes() : BUFFER;
        out.flip();
        try {
            int end = out.limit();
            while (writing == Writing.OPEN && out.position() < end) {
                out.limit(Math.min(end, out.position() + most));
                push(limit);
                if (most < BUFFER) {
                    pump();
                }
            }
        } finally {
            out.clear();
        }
    }

    private void push(Deadline limit) throws InterruptedException {
        Deadline patience = Deadline.in(STALL).earlier(limit);
        try {
            while (out.hasRemaining() || !transport.flush()) {
                int count = out.hasRemaining() ? transport.write(out) : 0;
                minutes.octets(Side.SERVER, count);
                if (count > 0) {
                    patience = Deadline.in(STALL).earlier(limit);
                } else if (!awaitRoom(patience)) {
                    giveUp();
                    return;
                }
            }
        } catch (IOException gone) {
            writeFailed(gone);
        }
    }

    /** The system tells of RST once: a read then meets an end like that of FIN. */
    private void writeFailed(IOException failure) {
        writing = Writing.OVER;
        toldByWrite = Optional.of(SocketErrors.ofThisSystem().peerEnd(failure));
    }

    private void giveUp() {
        if (clientEnd.isPresent()) {
            writing = Writing.OVER;
            return;
        }
        minutes.note(Side.SERVER, "gives up sending: the client takes nothing");
        writing = Writing.GIVEN_UP;
    }

    private boolean awaitRoom(Deadline limit) throws InterruptedException {
        pump();
        if (clientEnd.isPresent() || limit.passed()) {
            return false;
        }
        transport.await(Interest.BOTH, limit);
        return true;
    }

    /** Reads what is there. */
    void pump() {
        try {
            for (int i = 0; i < READS_AT_ONCE && clientEnd.isEmpty(); i++) {
                int count = transport.read(in.clear());
                if (count == 0) {
                    return;
                }
                if (count < 0) {
                    ended(toldByWrite.orElse(PeerEnd.FIN));
                } else {
                    listening.hear(in.flip());
                }
            }
            // A client that sends fast never lets this thread wait.
            CarrierYield.letOthersRun();
        } catch (IOException failure) {
            ended(SocketErrors.ofThisSystem().peerEnd(failure));
        }
    }

    private void ended(PeerEnd how) {
        clientEnd = Optional.of(how);
        minutes.note(
                Side.CLIENT,
                switch (how) {
                    case FIN -> "ends TCP";
                    case RST -> "resets TCP";
                    case ENDED -> "ends or resets TCP";
                });
        listening.end();
    }

    /**
     * Reads until {@code done} or the client's end of TCP; tells whether one of them came before {@code limit}, and in vain ends at
     * once when sending was given up.
     */
    boolean until(BooleanSupplier done, Deadline limit) throws InterruptedException {
        while (true) {
            pump();
            if (done.getAsBoolean() || clientEnd.isPresent()) {
                return true;
            }
            if (gaveUp() || limit.passed()) {
                return false;
            }
            transport.await(Interest.READING, limit);
        }
    }

    /** Sends FIN; reading goes on. */
    void shutdownWrites() {
        writing = Writing.OVER;
        minutes.note(Side.SERVER, "ends TCP");
        try {
            transport.shutdownWrites();
        } catch (IOException gone) {
            writeFailed(gone);
        }
    }

    /** Lets go of the socket: quietly when the client has ended too, else by a reset. */
    void release() {
        if (clientEnd.isEmpty()) {
            minutes.note(Side.SERVER, "resets TCP");
            transport.abort();
            return;
        }
        try {
            transport.close();
        } catch (IOException gone) {
            transport.abort();
        }
    }
}
