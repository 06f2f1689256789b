package io.wstck.client.protocol;

import io.wstck.client.CloseStatus;
import io.wstck.client.ConnectionState;
import io.wstck.client.WebSocketException;
import io.wstck.client.protocol.deflate.DeflateParameters;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The client's end of one open connection, without I/O, threads, locks or a clock (RFC 6455 §5 to §7, RFC 7692 §6):
 * bytes in, events out; calls in, bytes out. The caller moves the bytes, and follows these rules:
 *
 * <ul>
 * <li>{@link #receive} and {@link #tcpEnded} are called by one thread, the reader.
 * <li>{@link #begin}, {@link #beginClose}, {@link #write}, {@link #messageUnfinished} and {@link #endWriting} are
 * called under one lock, the write lock.
 * <li>All other methods may be called by any thread, with or without the lock.
 * </ul>
 *
 * <p>The reader never needs the write lock: it shares with the writers only the state, a {@link ClosingState} that
 * changes atomically, and the pongs that are due.
 */
public final class ClientConnectionProtocol {
    /**
     * The largest number of queued pongs. If more pings arrive, only the latest are answered, as RFC 6455 §5.5.3
     * allows.
     */
    static final int MAX_PONGS = 1024;

    /** The part of a frame that the next byte belongs to. */
    private enum FramePart {
        HEADER,
        DATA,
        CONTROL
    }

    private final AtomicReference<ClosingState> closing = new AtomicReference<>(ClosingState.INITIAL);

    /**
     * Payloads of queued pongs. The reader adds them, and drops the oldest if there are too many. Writers take them
     * under the write lock.
     */
    private final ConcurrentLinkedQueue<byte[]> pongs = new ConcurrentLinkedQueue<>();

    private final AtomicInteger pongCount = new AtomicInteger();

    // Used only by the reader.
    private final FrameHeader header;
    private final MessageAssembler assembler;
    private FramePart nextPart = FramePart.HEADER;
    private long payloadRemaining;
    private ByteBuffer controlPayload = ByteBuffer.allocate(0);

    // Under the write lock.
    private final MessageFramer framer;
    private final FrameWriter frameWriter;
    /** The number of pongs that may be written before another frame. */
    private int pongBudget = MAX_PONGS;

    private boolean closeBegun;
    private boolean messageUnfinished;

    /**
     * Makes the protocol of a connection after its opening handshake.
     *
     * @param readLimit the largest message in bytes, inflated
     * @param deflate the negotiated compression; empty if there is none
     * @param compressionThreshold bytes from which messages are compressed
     * @param random the source of mask keys; may be shared
     */
    public ClientConnectionProtocol(
            int readLimit, Optional<DeflateParameters> deflate, int compressionThreshold, SecureRandom random) {
        header = new FrameHeader(deflate);
        assembler = new MessageAssembler(readLimit, deflate);
        framer = new MessageFramer(deflate, compressionThreshold);
        frameWriter = new FrameWriter(random);
    }

    /**
     * Takes bytes until they complete an event. Called by the reader.
     *
     * <p>A ping is queued, and the next {@link #write} answers it. After the peer's close frame or a violation, this
     * side's close frame is due, unless it is already sent. The caller begins it by {@link #beginClose}. All later
     * bytes are dropped.
     *
     * @param in backed by an array
     * @return the event, or {@link ProtocolEvent.NeedData} when all bytes are taken
     */
    public ProtocolEvent receive(ByteBuffer in) {
        if (!closing.get().state().reads()) {
            in.position(in.limit());
            return ProtocolEvent.NeedData.NEED_DATA;
        }
        try {
            ProtocolEvent event = nextEvent(in);
            if (event instanceof ProtocolEvent.PingReceived(var payload)) {
                addPong(payload);
            } else if (event instanceof ProtocolEvent.CloseReceived(var status)) {
                closing.updateAndGet(current -> current.onCloseFrameReceived(status));
            }
            return event;
        } catch (ProtocolException e) {
            closing.updateAndGet(current -> current.onViolation(e.violation()));
            return new ProtocolEvent.ConnectionFailed(e.violation(), e.getMessage());
        }
    }

    private ProtocolEvent nextEvent(ByteBuffer in) throws ProtocolException {
        while (true) {
            if (nextPart == FramePart.HEADER) {
                if (!header.read(in)) {
                    return ProtocolEvent.NeedData.NEED_DATA;
                }
                beginReadingFrame();
            }
            int count = (int) Math.min(payloadRemaining, in.remaining());
            if (count > 0) {
                readPayload(in, count);
            }
            if (payloadRemaining > 0) {
                return ProtocolEvent.NeedData.NEED_DATA;
            }
            Optional<ProtocolEvent> event = finishReadingFrame();
            if (event.isPresent()) {
                return event.get();
            }
        }
    }

    private void beginReadingFrame() throws ProtocolException {
        payloadRemaining = header.length();
        if (header.opcode().isControl()) {
            controlPayload = ByteBuffer.allocate((int) payloadRemaining);
            nextPart = FramePart.CONTROL;
        } else {
            assembler.begin(header);
            nextPart = FramePart.DATA;
        }
    }

    private void readPayload(ByteBuffer in, int count) throws ProtocolException {
        if (nextPart == FramePart.DATA) {
            assembler.append(in, count);
        } else {
            controlPayload
                    .put(controlPayload.position(), in, in.position(), count)
                    .position(controlPayload.position() + count);
            in.position(in.position() + count);
        }
        payloadRemaining -= count;
    }

    private Optional<ProtocolEvent> finishReadingFrame() throws ProtocolException {
        FramePart ended = nextPart;
        nextPart = FramePart.HEADER;
        if (ended == FramePart.DATA) {
            return assembler.end().map(ProtocolEvent.MessageReceived::new);
        }
        controlPayload.flip();
        return Optional.of(
                switch (header.opcode()) {
                    case PING -> new ProtocolEvent.PingReceived(controlPayload);
                    case PONG -> new ProtocolEvent.PongReceived(controlPayload);
                    default -> new ProtocolEvent.CloseReceived(ClosePayload.decode(controlPayload));
                });
    }

    private void addPong(ByteBuffer payload) {
        if (pongCount.get() == MAX_PONGS && pongs.poll() != null) {
            pongCount.decrementAndGet();
        }
        byte[] copy = new byte[payload.remaining()];
        payload.get(payload.position(), copy);
        pongs.add(copy);
        pongCount.incrementAndGet();
    }

    /** Records the end of TCP (RFC 6455 §7.1.4) and frees the inflater's native memory. Called by the reader. */
    public void tcpEnded() {
        closing.updateAndGet(ClosingState::onTcpEnd);
        assembler.close();
    }

    /**
     * Starts the closing handshake (RFC 6455 §7.1.2). Messages that were sent before are still written. Called by any
     * thread.
     *
     * @param status code and reason of the close frame, checked
     * @return true if this call has started it; the caller then has the close frame written. False if either side has
     * already started to close
     */
    public boolean startClose(CloseStatus status) {
        return closing.getAndUpdate(current -> current.onUserClose(status)).state() == ClosingState.State.OPEN;
    }

    /** Returns the state of the connection. Called by any thread. */
    public ConnectionState state() {
        return closing.get().state().publicState;
    }

    /** Returns the code and the reason of the peer's close frame, or empty before it arrives. Called by any thread. */
    public Optional<CloseStatus> remoteClose() {
        return closing.get().remote();
    }

    /**
     * Checks the payload of a ping to send.
     *
     * @throws WebSocketException INVALID if it is longer than 125 bytes (RFC 6455 §5.5)
     */
    public static byte[] checkPingPayload(byte[] payload) throws WebSocketException {
        if (payload.length > FrameHeader.MAX_CONTROL_PAYLOAD) {
            throw WebSocketException.invalid("ping payload: expected at most " + FrameHeader.MAX_CONTROL_PAYLOAD
                    + " bytes, got " + payload.length + " (RFC 6455 §5.5)");
        }
        return payload;
    }

    /**
     * Begins a message or a ping; {@link #write} then writes it. Under the write lock.
     *
     * @param payload must not change until it is written
     * @return false if the state forbids it; nothing is written then
     */
    public boolean begin(Opcode opcode, byte[] payload) {
        if (!closing.get().state().sendsMessages()) {
            return false;
        }
        framer.begin(opcode, payload);
        return true;
    }

    /**
     * Begins this side's close frame if it is due; {@link #write} then writes it after due pongs. Under the write lock.
     */
    public void beginClose() {
        closeBegun = closing.get().state().closeFrameDue();
    }

    /**
     * Writes due pongs and the frames that were begun. Under the write lock.
     *
     * <p>After the peer's close frame or a violation, a fragmented message stops before its next fragment, so that the
     * close frame is not delayed (RFC 6455 §5.5.1).
     *
     * @param out backed by an array, of at least 14 bytes, the longest header
     * @return whether all is written; false when more room is needed
     */
    public boolean write(ByteBuffer out) {
        while (frameWriter.write(out)) {
            if (framer.hasNext() && !closing.get().state().sendsMessages()) {
                framer.abandon();
                messageUnfinished = true;
            }
            boolean more = pongsDue() || framer.hasNext() || closeBegun;
            if (more && out.remaining() < FrameWriter.MAX_HEADER) {
                return false;
            }
            if (!more || !beginFrame(out)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Begins the next frame at a frame boundary, where control frames may be injected (RFC 6455 §5.4); false if there
     * is none.
     */
    private boolean beginFrame(ByteBuffer out) {
        Optional<byte[]> pong = nextPong();
        if (pong.isPresent()) {
            frameWriter.beginControl(Opcode.PONG, pong.get(), out);
            return true;
        }
        if (framer.hasNext()) {
            framer.beginFrame(frameWriter, out);
            return true;
        }
        if (closeBegun) {
            closeBegun = false;
            ClosingState written = closing.updateAndGet(ClosingState::onCloseFrameWritten);
            byte[] payload = ClosePayload.encode(written.local().orElseThrow());
            frameWriter.beginControl(Opcode.CLOSE, payload, out);
            return true;
        }
        return false;
    }

    /**
     * Takes the next due pong. At most MAX_PONGS are taken in a row, so that a flood of pings does not block other
     * frames.
     */
    private Optional<byte[]> nextPong() {
        if (pongBudget > 0 && pongsDue()) {
            byte[] payload = pongs.poll();
            if (payload != null) {
                pongCount.decrementAndGet();
                pongBudget--;
                return Optional.of(payload);
            }
        }
        pongBudget = MAX_PONGS;
        return Optional.empty();
    }

    /** Returns whether {@link #write} has pongs to write. Called by any thread. */
    public boolean pongsDue() {
        return pongCount.get() > 0 && closing.get().state().sendsPongs();
    }

    /** Returns whether the last message was left unfinished; no message can be begun after it. Under the write lock. */
    public boolean messageUnfinished() {
        return messageUnfinished;
    }

    /** Frees the compressor's native memory; nothing can be written afterwards. Under the write lock. */
    public void endWriting() {
        framer.close();
    }
}
