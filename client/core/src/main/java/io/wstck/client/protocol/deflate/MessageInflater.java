package io.wstck.client.protocol.deflate;

import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates messages as their bytes arrive, into arrays of the caller (RFC 7692 §7.2.2). The first bytes allocate native
 * memory, which is held until {@link #close}. For one thread at a time. It cannot be used after an exception.
 */
public final class MessageInflater implements AutoCloseable {
    private static final byte[] EMPTY = {};

    /**
     * §7.2.2: Append 4 octets of 0x00 0x00 0xff 0xff to the tail end of the payload of the message. A final empty block
     * follows them. It is read as a block only if the message has ended between two blocks. So it reveals a message
     * that was cut inside a block, which zlib alone does not report.
     */
    private static final byte[] MESSAGE_TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF, 1, 0, 0, (byte) 0xFF, (byte) 0xFF};

    private enum Phase {
        /** The next byte belongs to the current stream. */
        IN_STREAM,
        /** A final block has ended the stream, and no byte has followed it. */
        STREAM_ENDED,
        CLOSED
    }

    private final TakeoverMode takeover;
    private final SlidingWindow window = new SlidingWindow();
    private final byte[] spare = new byte[1];
    private Optional<Inflater> inflater = Optional.empty();
    private Phase phase = Phase.IN_STREAM;
    private byte[] input = EMPTY;
    private int inputEnd;
    /** A fault after bytes that were inflated; thrown once those bytes have been returned. */
    private Optional<DataFormatException> fault = Optional.empty();

    /** @param takeover whether the server's messages share a window */
    public MessageInflater(TakeoverMode takeover) {
        this.takeover = takeover;
    }

    /**
     * Sets the next bytes of a message. {@link #inflate} must have returned 0 for the bytes before, and uses the array
     * until it returns 0 again.
     */
    public void input(byte[] bytes, int offset, int count) {
        if (phase == Phase.CLOSED) {
            throw new IllegalStateException("the inflater is closed");
        }
        if (inflater.isEmpty()) {
            inflater = Optional.of(new Inflater(true));
        }
        if (count > 0) {
            phase = Phase.IN_STREAM;
            input = bytes;
            inputEnd = offset + count;
            inflater.get().setInput(bytes, offset, count);
        }
    }

    /**
     * Inflates the input.
     *
     * @param room at least 1
     * @return the number of bytes written, 0 only when the input is used up
     * @throws DataFormatException if the input is not a DEFLATE stream (RFC 1951)
     */
    public int inflate(byte[] output, int offset, int room) throws DataFormatException {
        Inflater zlib = inflater.orElseThrow();
        while (true) {
            int count = inflate(zlib, output, offset, room);
            if (count > 0) {
                window.add(output, offset, count);
                return count;
            }
            if (!zlib.finished()) {
                return 0;
            }
            int rest = zlib.getRemaining();
            restart(zlib);
            if (rest == 0) {
                phase = Phase.STREAM_ENDED;
                return 0;
            }
            zlib.setInput(input, inputEnd - rest, rest);
        }
    }

    /**
     * Inflates, but reports a fault only after the bytes before it. zlib reports a fault at once, so the result would
     * depend on how the message was divided into reads.
     */
    private int inflate(Inflater zlib, byte[] output, int offset, int room) throws DataFormatException {
        if (fault.isPresent()) {
            throw fault.get();
        }
        long before = zlib.getBytesWritten();
        try {
            return zlib.inflate(output, offset, room);
        } catch (DataFormatException e) {
            int count = (int) (zlib.getBytesWritten() - before);
            if (count == 0) {
                throw e;
            }
            fault = Optional.of(e);
            return count;
        }
    }

    /**
     * Ends a message, all of which must be inflated.
     *
     * @throws DataFormatException if the message is cut: the four octets that its sender has removed do not complete
     * its last block
     */
    public void end() throws DataFormatException {
        if (takeover == TakeoverMode.RESET) {
            window.clear();
        }
        if (phase == Phase.IN_STREAM) {
            input(MESSAGE_TAIL, 0, MESSAGE_TAIL.length);
            if (inflate(spare, 0, spare.length) > 0 || phase != Phase.STREAM_ENDED) {
                throw new DataFormatException("the message is cut inside a block");
            }
        } else {
            // §7.2.3.4: a message may end with a final block. If no byte follows that block, the message is complete
            // without the four octets.
            restart(inflater.orElseThrow());
        }
        phase = Phase.IN_STREAM;
        input = EMPTY;
        inflater.orElseThrow().setInput(EMPTY);
    }

    /**
     * §7.2.3.4: after a final block a new stream begins. The window continues, because it belongs to the connection.
     */
    private void restart(Inflater zlib) {
        zlib.reset();
        if (window.length() > 0) {
            zlib.setDictionary(window.bytes(), window.offset(), window.length());
        }
    }

    /** Frees the native memory; nothing can be inflated afterwards. */
    @Override
    public void close() {
        phase = Phase.CLOSED;
        inflater.ifPresent(Inflater::end);
        inflater = Optional.empty();
    }
}
