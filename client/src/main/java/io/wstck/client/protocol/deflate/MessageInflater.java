package io.wstck.client.protocol.deflate;

import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates messages as their bytes arrive, into whatever room the caller gives (RFC 7692 §7.2.2). Native memory is taken with
 * the first bytes and held until {@link #close}. For one thread at a time; not to be used after an exception.
 */
public final class MessageInflater implements AutoCloseable {
    private static final byte[] NOTHING = {};

    /**
     * §7.2.2: Append 4 octets of 0x00 0x00 0xff 0xff to the tail end of the payload of the message. After them a final empty
     * block, which is one only where a block can begin: inside a block, where a message was cut, it is data, or cannot be read.
     * Without it zlib does not tell.
     */
    private static final byte[] ENDING = {0, 0, (byte) 0xFF, (byte) 0xFF, 1, 0, 0, (byte) 0xFF, (byte) 0xFF};

    private enum Phase {
        /** The next byte belongs to a stream under way, or begins the first. */
        IN_STREAM,
        /** A final block has ended a stream, and nothing has come after it. */
        STREAM_ENDED,
        CLOSED
    }

    private final Window window;
    private final History history = new History();
    private final byte[] spare = new byte[1];
    private Optional<Inflater> inflater = Optional.empty();
    private Phase phase = Phase.IN_STREAM;
    private byte[] input = NOTHING;
    private int inputEnd;
    /** Found behind bytes that were inflated; thrown once those bytes have been returned. */
    private Optional<DataFormatException> fault = Optional.empty();

    /** @param window that of the server's messages */
    public MessageInflater(Window window) {
        this.window = window;
    }

    /** Gives the next bytes of a message; {@link #inflate} must have returned 0 for those before, and uses the array until then. */
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
     * Inflates what was given.
     *
     * @param room at least 1
     * @return the number of bytes written, 0 only when all that was given is used up
     * @throws DataFormatException if it is no DEFLATE stream (RFC 1951)
     */
    public int inflate(byte[] output, int offset, int room) throws DataFormatException {
        Inflater zlib = inflater.orElseThrow();
        while (true) {
            int count = inflate(zlib, output, offset, room);
            if (count > 0) {
                history.add(output, offset, count);
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
     * zlib reports a fault at once, and holds back how much it has inflated before. Those bytes are judged first, so that the
     * outcome does not depend on how the message was divided into reads.
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
     * @throws DataFormatException if it is cut: the four octets that its sender has removed do not complete its last block
     */
    public void end() throws DataFormatException {
        if (window == Window.RESET) {
            history.clear();
        }
        if (phase == Phase.IN_STREAM) {
            input(ENDING, 0, ENDING.length);
            if (inflate(spare, 0, spare.length) > 0 || phase != Phase.STREAM_ENDED) {
                throw new DataFormatException("the message is cut inside a block");
            }
        } else {
            // §7.2.3.4: a message may end with a final block. One that nothing follows, not even the header of the
            // block
            // which the four octets complete, is whole in itself.
            restart(inflater.orElseThrow());
        }
        phase = Phase.IN_STREAM;
        input = NOTHING;
        inflater.orElseThrow().setInput(NOTHING);
    }

    /** §7.2.3.4: after a final block a new stream begins; the window is that of the connection, and goes on. */
    private void restart(Inflater zlib) {
        zlib.reset();
        if (history.length() > 0) {
            zlib.setDictionary(history.bytes(), history.offset(), history.length());
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
