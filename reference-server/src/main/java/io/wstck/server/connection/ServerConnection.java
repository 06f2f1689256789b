package io.wstck.server.connection;

import io.wstck.server.wire.Buffers;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CarrierYield;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.NotWritableException;
import io.wstck.server.wire.PeerEnd;
import io.wstck.server.wire.SocketErrors;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.Transport.Interest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One connection with a client: reads, writes, and tracks which side has ended. While it waits to write it also reads.
 * Otherwise both sides could wait for each other with full buffers. One thread at a time, except for {@link #wake}: an
 * I/O thread may work for one that waits.
 */
public final class ServerConnection {
    /** The size of the two buffers, in bytes: one for bytes that the receiver has not taken, one for bytes to write. */
    public static final int BUFFER = 64 << 10;

    /** The most reads of one call. The caller checks its deadline between calls. */
    private static final int READS_AT_ONCE = 16;

    /** The most reads after a connection has ended: enough to empty the system's buffers. */
    private static final int READS_AT_END = 1_000;

    private final Transport transport;
    private final Receiver receiver;
    private final ClosingHandshake closing;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER).limit(0);
    private ByteBuffer out = ByteBuffer.allocate(BUFFER);
    private ServerSide side = ServerSide.OPEN;
    private boolean readingStopped;
    /** The client's end as a failed write showed it. A read meets the end later. */
    private Optional<PeerEnd> endSeenByWrite = Optional.empty();
    /** The client's end as TCP reports it. The receiver may not have taken all bytes before it. */
    private Optional<PeerEnd> tcpEnd = Optional.empty();
    /** The client's end as the receiver knows it: it has taken all bytes before it. */
    private Optional<PeerEnd> clientEnd = Optional.empty();

    private enum ServerSide {
        OPEN,
        FIN_SENT,
        /** The socket is gone. */
        RELEASED
    }

    /** A connection over {@code transport}. The caller records the close frames of both sides in {@code closing}. */
    public ServerConnection(Transport transport, Receiver receiver, ClosingHandshake closing) {
        this.transport = transport;
        this.receiver = receiver;
        this.closing = closing;
    }

    /** The state of the closing handshake. */
    public ClosingHandshake closing() {
        return closing;
    }

    /** How the client ended its side of TCP; absent until it has, and until all bytes before that were taken. */
    public Optional<PeerEnd> clientEnd() {
        return clientEnd;
    }

    /**
     * The client's end if it has come while reading is stopped. The receiver may not have taken all bytes before it.
     */
    public Optional<PeerEnd> unreadEnd() {
        return readingStopped && clientEnd.isEmpty() ? tcpEnd : Optional.empty();
    }

    /** Whether the server can still write: it has ended neither its side nor the connection. */
    public boolean writable() {
        return side == ServerSide.OPEN;
    }

    /** Whether the socket is gone. */
    public boolean released() {
        return side == ServerSide.RELEASED;
    }

    /**
     * Stops offering bytes to the receiver, and shrinks the system's receive buffer. Bytes that arrive are kept while
     * the buffer has room.
     */
    public void stopReading() {
        if (released()) {
            return;
        }
        readingStopped = true;
        try {
            transport.shrinkReceiveBuffer();
        } catch (IOException gone) {
            // The next read or write will fail and report it.
            return;
        }
    }

    public void resumeReading() {
        readingStopped = false;
    }

    /** The number of bytes that were read and that the receiver has not taken. */
    public int unread() {
        return in.remaining();
    }

    /** Removes and returns these bytes. */
    public Bytes takeUnread() {
        byte[] left = new byte[in.remaining()];
        in.get(left);
        return Bytes.owning(left);
    }

    /**
     * Reads the available bytes while the receiver has room, so that a client that writes does not wait for a server
     * that writes.
     */
    public void read() {
        if (!readingStopped) {
            read(receiver::hasRoom);
        }
    }

    /**
     * Reads the available bytes while {@code wanted} returns true. While reading is stopped it only buffers them, to
     * find the client's end.
     */
    public void read(BooleanSupplier wanted) {
        if (readingStopped) {
            while (wantsBytes() && fill()) {}
            return;
        }
        if (!readAvailable(READS_AT_ONCE, wanted)) {
            // A fast client never lets this thread wait.
            CarrierYield.letOthersRun();
        }
    }

    /** Makes at most {@code most} reads. Returns whether nothing more is available or wanted. */
    private boolean readAvailable(int most, BooleanSupplier wanted) {
        int reads = 0;
        while (!released() && clientEnd.isEmpty() && wanted.getAsBoolean()) {
            if (offer()) {
                continue;
            }
            if (tcpEnd.isPresent()) {
                reportClientEnd(tcpEnd.get());
            } else if (reads++ == most) {
                return false;
            } else if (!fill() && tcpEnd.isEmpty()) {
                return true;
            }
        }
        return true;
    }

    /** Whether the connection can use more bytes now. A wait for bytes that it cannot use would return at once. */
    private boolean wantsBytes() {
        if (released()) {
            return false;
        }
        return readingStopped ? tcpEnd.isEmpty() && in.remaining() < BUFFER : clientEnd.isEmpty();
    }

    /** Offers the buffered bytes to the receiver. Returns whether it took any. */
    private boolean offer() {
        int before = in.remaining();
        if (before > 0) {
            receiver.take(in);
        }
        return in.remaining() < before;
    }

    /**
     * Reads once into the buffer, after the bytes in it. Returns whether bytes came; otherwise {@link #tcpEnd} may be
     * set.
     */
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
            tcpEnd = Optional.of(endSeenByWrite.orElse(PeerEnd.FIN));
        } else if (count > 0) {
            receiver.countRead(count);
        }
        return count > 0;
    }

    private void makeRoom() {
        if (in.remaining() == BUFFER) {
            receiver.takeAll(in);
        }
        if (!in.hasRemaining()) {
            in.clear().limit(0);
        } else if (in.limit() == BUFFER) {
            in.compact().flip();
        }
    }

    private void reportClientEnd(PeerEnd how) {
        clientEnd = Optional.of(how);
        receiver.clientEnded(how);
    }

    /**
     * Handles a write that met the client's end before a read did. It first reads the bytes before that end, even while
     * reading is stopped.
     */
    private void writeFailed(IOException failure) {
        if (failure instanceof NotWritableException) {
            // TCP has not changed.
            return;
        }
        // The system reports RST once. A later read then sees an end like that of FIN.
        PeerEnd told = SocketErrors.ofThisSystem().peerEnd(failure);
        endSeenByWrite = Optional.of(told);
        var _ = readAvailable(READS_AT_END, () -> true);
        if (clientEnd.isEmpty()) {
            reportClientEnd(told);
        }
    }

    /** Queues bytes. They are written by the next {@link #flush}, or earlier when the queue is full. */
    public WriteResult write(ByteBuffer bytes, WriteLimits rules) throws InterruptedException {
        while (bytes.hasRemaining()) {
            if (!out.hasRemaining()) {
                WriteResult result = flush(rules);
                if (result != WriteResult.DONE) {
                    return result;
                }
            }
            var _ = Buffers.move(bytes, out);
        }
        return WriteResult.DONE;
    }

    /**
     * Writes the queued bytes and waits until TCP has accepted all. Bytes that TCP does not accept in time are dropped.
     */
    public WriteResult flush(WriteLimits rules) throws InterruptedException {
        out.flip();
        int end = out.limit();
        try {
            WriteResult result;
            do {
                out.limit(Math.min(end, out.position() + rules.maxBytes()));
                result = writeAll(out, rules);
                if (rules.maxBytes() < BUFFER) {
                    read();
                }
            } while (result == WriteResult.DONE && out.limit() < end);
            return result;
        } finally {
            clearQueue();
        }
    }

    /**
     * Writes the queued bytes and {@code bytes} like {@link #flush}, but keeps those queued that TCP does not accept in
     * time.
     */
    public WriteResult fill(ByteBuffer bytes, WriteLimits rules) throws InterruptedException {
        ByteBuffer all = ByteBuffer.allocate(out.position() + bytes.remaining());
        all.put(out.flip()).put(bytes).flip();
        clearQueue();
        WriteResult result = clientEnd.isPresent() ? WriteResult.CLIENT_GONE : writeAll(all, rules);
        if (result == WriteResult.STALLED || result == WriteResult.LATE) {
            out = ByteBuffer.allocate(Math.max(BUFFER, all.remaining())).put(all);
        }
        return result;
    }

    private void clearQueue() {
        out = out.capacity() > BUFFER ? ByteBuffer.allocate(BUFFER) : out.clear();
    }

    private WriteResult writeAll(ByteBuffer bytes, WriteLimits rules) throws InterruptedException {
        QuietTime quiet = new QuietTime(rules.stallTimeout());
        while (writable()) {
            try {
                if (!bytes.hasRemaining() && transport.flush()) {
                    return WriteResult.DONE;
                }
                if (writeOnce(bytes) > 0) {
                    quiet.restart();
                    continue;
                }
            } catch (IOException broken) {
                writeFailed(broken);
                break;
            }
            read();
            Deadline limit = rules.deadline().now();
            if (quiet.isOver() || limit.hasPassed()) {
                return quiet.isOver() ? WriteResult.STALLED : WriteResult.LATE;
            }
            boolean reads = !readingStopped && wantsBytes() && receiver.hasRoom();
            transport.await(reads ? Interest.BOTH : Interest.WRITING, limit.earlier(quiet.startWait()));
            quiet.endWait();
        }
        return bytes.hasRemaining() ? WriteResult.CLIENT_GONE : WriteResult.DONE;
    }

    private int writeOnce(ByteBuffer bytes) throws IOException {
        int count = bytes.hasRemaining() ? transport.write(bytes) : 0;
        if (count > 0) {
            receiver.countWritten(count);
        }
        return count;
    }

    /** Writes as many queued bytes as TCP accepts now. */
    public void writeAvailable() {
        if (!writable()) {
            return;
        }
        try {
            out.flip();
            try {
                var _ = writeOnce(out);
            } finally {
                out.compact();
            }
            var _ = transport.flush();
        } catch (IOException broken) {
            writeFailed(broken);
            out.clear();
        }
        if (out.position() == 0) {
            clearQueue();
        }
    }

    /**
     * Waits until a read may succeed, until queued bytes may be written, until {@link #wake}, or until the deadline.
     */
    public void await(Deadline deadline) throws InterruptedException {
        Interest interest = wantsBytes() ? Interest.READING : Interest.NOTHING;
        boolean pending = writable() && clientEnd.isEmpty() && hasQueued();
        transport.await(pending ? interest.orWriting() : interest, deadline);
    }

    /**
     * Waits as {@link #await(Deadline)} does. While it waits for bytes alone, an I/O thread may do {@code work}; see
     * {@link Transport#awaitBytes}.
     */
    public void await(Deadline deadline, BooleanSupplier work) throws InterruptedException {
        if (readingStopped || !wantsBytes() || hasQueued()) {
            await(deadline);
        } else {
            transport.awaitBytes(deadline, work);
        }
    }

    /** The number of bytes that {@link #write} can queue without a flush. */
    public int room() {
        return out.remaining();
    }

    /** Whether queued bytes wait for a flush. */
    public boolean hasQueued() {
        return out.position() > 0;
    }

    /** Waits until a call of {@link #wake}, or until the deadline. */
    public void awaitWake(Deadline deadline) throws InterruptedException {
        transport.await(Interest.NOTHING, deadline);
    }

    /** Ends the current or the next wait. Any thread. */
    public void wake() {
        transport.wake();
    }

    /** Sends FIN, unless the server's side has ended. Reading goes on. Queued bytes are not sent. */
    public void endWrites() {
        if (!writable()) {
            return;
        }
        side = ServerSide.FIN_SENT;
        try {
            transport.shutdownWrites();
        } catch (IOException gone) {
            writeFailed(gone);
        }
    }

    /** Ends the connection with RST, unless the socket is gone. */
    public void abort() {
        if (!released()) {
            side = ServerSide.RELEASED;
            transport.abort();
        }
    }

    /** Closes the socket after both sides have ended, or after a vain wait for the client's end. */
    public void close() throws IOException {
        if (!released()) {
            side = ServerSide.RELEASED;
            transport.close();
        }
    }
}
