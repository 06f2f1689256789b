package io.wstck.tck.autobahn.exchange;

import io.wstck.server.connection.ClosingHandshake;
import io.wstck.server.connection.ServerConnection;
import io.wstck.server.connection.WriteLimits;
import io.wstck.server.connection.WriteResult;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.PeerEnd;
import io.wstck.server.wire.Transport;
import io.wstck.tck.autobahn.exchange.WireLogEntry.Side;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Sends the kit's frames of one exchange, and gives up when the peer does not read them for a time. Only for the
 * player's thread.
 */
final class ExchangeConnection {
    /** The longest time in which the peer may read nothing. */
    private static final Duration STALL = Duration.ofSeconds(20);

    /** The bytes of a payload that are masked in one piece. */
    private static final int MASKED_AT_ONCE = 16 << 10;

    private final ServerConnection connection;
    private final FrameMasking masking;
    private final ExchangeLog log;
    /** The header of the frame that is sent in parts. */
    private Optional<FrameHeader> partial = Optional.empty();

    private boolean gaveUp;

    ExchangeConnection(
            Transport transport,
            ExchangeReceiver receiver,
            ClosingHandshake closing,
            FrameMasking masking,
            ExchangeLog log) {
        this.connection = new ServerConnection(transport, receiver, closing);
        this.masking = masking;
        this.log = log;
    }

    /** The way in which the peer has ended its side of TCP, if it has. */
    Optional<PeerEnd> peerEnd() {
        return connection.clientEnd();
    }

    /**
     * Whether the kit has given up sending because the peer read nothing for too long. No answer can come then.
     */
    boolean gaveUp() {
        return gaveUp;
    }

    /** Queues a frame. */
    void queueFrame(OutFrame frame, WriteChunking chunking, Deadline limit) throws InterruptedException {
        queueFrame(
                masking.header(frame.header(), frame.masking()),
                frame.payload().buffer(),
                frame.payload(),
                chunking,
                limit);
    }

    /** Queues a frame with the remaining bytes of {@code payload}, and a new key. The log shows {@code shown}. */
    void queueNewFrame(FrameHeader plain, ByteBuffer payload, Bytes shown, WriteChunking chunking, Deadline limit)
            throws InterruptedException {
        queueFrame(masking.header(plain, OutFrame.ClientMask.NEW_KEY), payload, shown, chunking, limit);
    }

    private void queueFrame(FrameHeader header, ByteBuffer payload, Bytes shown, WriteChunking chunking, Deadline limit)
            throws InterruptedException {
        log.frame(Side.KIT, header, shown);
        queueBytes(ByteBuffer.wrap(header.encode()), chunking, limit);
        queuePayload(header, payload, 0, chunking, limit);
        if (chunking instanceof WriteChunking.FrameWrites) {
            flush(chunking, limit);
        }
    }

    /** Queues a part of a frame. All parts of the frame have the same masking key. */
    void queuePart(ExchangeAction.SendPart part, Deadline limit) throws InterruptedException {
        FrameHeader header = part.from() > 0
                ? partial.orElseThrow()
                : masking.header(part.frame().header(), part.frame().masking());
        Bytes bytes = part.frame().payload().slice(part.from(), part.to());
        log.note(
                Side.KIT,
                (part.from() == 0 ? "the header of a frame of " + header.length() + " bytes, then " : "") + "bytes "
                        + bytes);
        if (part.from() == 0) {
            queueBytes(ByteBuffer.wrap(header.encode()), WriteChunking.together(), limit);
        }
        queuePayload(header, bytes.buffer(), part.from(), WriteChunking.together(), limit);
        partial = Optional.of(header);
    }

    /** Queues bytes of a payload, of which the first is at {@code offset}. Masks them if the header has a key. */
    private void queuePayload(
            FrameHeader header, ByteBuffer payload, long offset, WriteChunking chunking, Deadline limit)
            throws InterruptedException {
        if (header.mask().isEmpty()) {
            queueBytes(payload, chunking, limit);
            return;
        }
        byte[] piece = new byte[Math.min(MASKED_AT_ONCE, payload.remaining())];
        long at = offset;
        while (payload.hasRemaining() && !gaveUp) {
            int count = Math.min(piece.length, payload.remaining());
            payload.get(piece, 0, count);
            FrameHeader.applyMask(header.mask().getAsInt(), piece, count, at);
            queueBytes(ByteBuffer.wrap(piece, 0, count), chunking, limit);
            at += count;
        }
    }

    /** Queues bytes. */
    private void queueBytes(ByteBuffer bytes, WriteChunking chunking, Deadline limit) throws InterruptedException {
        if (!gaveUp) {
            noteResult(connection.write(bytes, rules(chunking, limit)));
        }
    }

    /**
     * Sends the queued bytes. Gives up when the peer is gone, reads nothing for too long, or has not read all bytes
     * at {@code limit}.
     */
    void flush(WriteChunking chunking, Deadline limit) throws InterruptedException {
        if (!gaveUp) {
            noteResult(connection.flush(rules(chunking, limit)));
        }
    }

    /** The rules of a write. It does not wait for a peer that has ended its side of TCP and reads nothing. */
    private WriteLimits rules(WriteChunking chunking, Deadline limit) {
        int mostBytes =
                chunking instanceof WriteChunking.FixedSizeWrites chopped ? chopped.bytes() : ServerConnection.BUFFER;
        return new WriteLimits(mostBytes, STALL, () -> peerEnd().isPresent() ? Deadline.in(Duration.ZERO) : limit);
    }

    private void noteResult(WriteResult result) {
        boolean timedOut = result == WriteResult.STALLED || result == WriteResult.LATE;
        if (timedOut && peerEnd().isEmpty()) {
            log.note(Side.KIT, "gives up sending: nothing is taken");
            gaveUp = true;
        }
    }

    /**
     * Reads until {@code done}, or until the peer ends TCP. Returns false at {@code limit}, and at once if the kit
     * has given up sending.
     */
    boolean readUntil(BooleanSupplier done, Deadline limit) throws InterruptedException {
        while (true) {
            connection.read();
            if (done.getAsBoolean() || peerEnd().isPresent()) {
                return true;
            }
            if (gaveUp || limit.hasPassed()) {
                return false;
            }
            connection.await(limit);
        }
    }

    /** Reads nothing until {@link #resumeReading}, and offers the peer only a small receive window. */
    void stopReading() {
        connection.stopReading();
    }

    /** Reads again. */
    void resumeReading() {
        connection.resumeReading();
    }

    /**
     * Sends a frame. Keeps queued what the peer does not take within {@code stall}, for the next {@link #flush}.
     *
     * @return whether the peer took the whole frame
     */
    boolean fillFrame(OutFrame frame, Duration stall) throws InterruptedException {
        FrameHeader header = masking.header(frame.header(), frame.masking());
        log.frame(Side.KIT, header, frame.payload());
        ByteBuffer bytes = ByteBuffer.wrap(header.encode(frame.payload().toArray()));
        return connection.fill(bytes, WriteLimits.anySize(stall, () -> Deadline.never())) == WriteResult.DONE;
    }

    /** Sends FIN. Reading continues. */
    void shutdownWrites() {
        gaveUp = false;
        log.note(Side.KIT, "ends TCP");
        connection.endWrites();
    }

    /** Closes the socket if the peer has also ended TCP, and resets it otherwise. */
    void release() {
        if (peerEnd().isEmpty()) {
            log.note(Side.KIT, "resets TCP");
            connection.abort();
            return;
        }
        try {
            connection.close();
        } catch (IOException gone) {
            connection.abort();
        }
    }
}
