package io.wstck.client.protocol.deflate;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Deflater;

/**
 * Deflates messages piece by piece, so that a large one needs no second copy of itself (RFC 7692 §7.2.1). Native memory is taken
 * with the first message and held until {@link #close}. For one thread at a time.
 */
public final class MessageDeflater implements AutoCloseable {
    /** The most bytes of a piece. */
    public static final int MAX_PIECE = 64 * 1024;

    private static final int SMALLEST_OUTPUT = 256;
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
    private static final byte[] NOTHING = {};

    private enum Phase {
        IDLE,
        DEFLATING,
        EMPTY_MESSAGE,
        CLOSED
    }

    private final Window window;
    private final Stretches stretches;
    private Optional<Deflater> deflater = Optional.empty();
    private Phase phase = Phase.IDLE;
    private byte[] output = NOTHING;
    /** Bytes of the output that were not handed out yet, since they may be the tail; they end at {@link #filled}. */
    private int held;

    private int filled;

    /**
     * The JDK's deflater has one window, of 32 KiB. A smaller one is kept to by deflating a message in stretches no longer than it,
     * with a full flush between them, behind which nothing refers to what is before.
     */
    private static final class Stretches {
        private final int most;
        private byte[] message = NOTHING;
        private int begun;

        Stretches(int windowBits) {
            most = windowBits == DeflateParameters.MAX_WINDOW_BITS ? Integer.MAX_VALUE : 1 << windowBits;
        }

        int flush() {
            return most == Integer.MAX_VALUE ? Deflater.SYNC_FLUSH : Deflater.FULL_FLUSH;
        }

        void begin(byte[] bytes) {
            message = bytes;
            begun = 0;
        }

        /** Hands the next stretch to {@code zlib}; tells whether there was one. */
        boolean next(Deflater zlib) {
            int count = Math.min(most, message.length - begun);
            zlib.setInput(message, begun, count);
            begun += count;
            return count > 0;
        }

        /** The message must not live as long as the connection. */
        void end(Deflater zlib) {
            message = NOTHING;
            zlib.setInput(NOTHING);
        }
    }

    /** A deflater with the largest window. */
    public MessageDeflater(Window window) {
        this(window, DeflateParameters.MAX_WINDOW_BITS);
    }

    /**
     * A deflater for the client's messages.
     *
     * @param windowBits the size of the window as the exponent of 2: 8 to 15
     */
    public MessageDeflater(Window window, int windowBits) {
        this.window = window;
        this.stretches = new Stretches(windowBits);
    }

    /** Begins a message; it is read, never written to, until its last piece is handed out. */
    public void begin(byte[] message) {
        if (phase != Phase.IDLE) {
            throw new IllegalStateException("expected to be between two messages, am " + phase);
        }
        if (message.length == 0) {
            phase = Phase.EMPTY_MESSAGE;
            return;
        }
        if (deflater.isEmpty()) {
            deflater = Optional.of(new Deflater(Deflater.DEFAULT_COMPRESSION, true));
        }
        stretches.begin(message);
        var _ = stretches.next(deflater.get());
        if (output.length == 0) {
            output = new byte[Math.clamp(message.length, SMALLEST_OUTPUT, MAX_PIECE)];
        }
        held = 0;
        filled = 0;
        phase = Phase.DEFLATING;
    }

    /** Returns whether the message goes on: false after its last piece. */
    public boolean hasNext() {
        return phase == Phase.DEFLATING || phase == Phase.EMPTY_MESSAGE;
    }

    /** Returns the next piece, at most {@link #MAX_PIECE} bytes; it is overwritten by the one after it. */
    public ByteBuffer next() {
        if (phase == Phase.EMPTY_MESSAGE) {
            phase = Phase.IDLE;
            // §7.2.3.6: the header of an empty stored block, since zlib generates nothing from nothing.
            return ByteBuffer.wrap(new byte[] {0});
        }
        if (phase != Phase.DEFLATING) {
            throw new IllegalStateException("expected a message to be under way, am " + phase);
        }
        System.arraycopy(output, filled - held, output, 0, held);
        filled = held;
        Deflater zlib = deflater.orElseThrow();
        while (true) {
            filled += zlib.deflate(output, filled, output.length - filled, stretches.flush());
            if (filled < output.length) {
                if (stretches.next(zlib)) {
                    continue;
                }
                return last(zlib);
            }
            if (output.length == MAX_PIECE) {
                held = TAIL.length;
                return ByteBuffer.wrap(output, 0, filled - held);
            }
            output = Arrays.copyOf(output, Math.min(MAX_PIECE, 2 * output.length));
        }
    }

    private ByteBuffer last(Deflater zlib) {
        // §7.2.1: Remove 4 octets (that are 0x00 0x00 0xff 0xff) from the tail end.
        int end = filled - TAIL.length;
        if (end < 0 || !Arrays.equals(output, end, filled, TAIL, 0, TAIL.length)) {
            throw new IllegalStateException("expected a flushed deflate stream to end with an empty stored block");
        }
        stretches.end(zlib);
        if (window == Window.RESET) {
            zlib.reset();
        }
        phase = Phase.IDLE;
        return ByteBuffer.wrap(output, 0, end);
    }

    /** Frees the native memory; nothing can be deflated afterwards. */
    @Override
    public void close() {
        phase = Phase.CLOSED;
        deflater.ifPresent(Deflater::end);
        deflater = Optional.empty();
        output = NOTHING;
    }
}
