package io.wstck.client.protocol.deflate;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Deflater;

/**
 * Deflates messages piece by piece, so that a large message is not held twice (RFC 7692 §7.2.1). The first message
 * allocates native memory, which is held until {@link #close}. For one thread at a time.
 */
public final class MessageDeflater implements AutoCloseable {
    /** The largest piece, in bytes. */
    public static final int MAX_PIECE = 64 * 1024;

    private static final int SMALLEST_OUTPUT = 256;
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
    private static final byte[] EMPTY = {};

    private enum Phase {
        IDLE,
        DEFLATING,
        EMPTY_MESSAGE,
        CLOSED
    }

    private final TakeoverMode takeover;
    private final InputChunks chunks;
    private Optional<Deflater> deflater = Optional.empty();
    private Phase phase = Phase.IDLE;
    private byte[] output = EMPTY;
    /** The number of output bytes held back, because they may be the tail. They end at {@link #filled}. */
    private int heldBack;

    private int filled;

    /**
     * Passes a message to the deflater in chunks no longer than the window. The JDK's deflater always has a window of
     * 32 KiB. For a smaller window, a full flush follows each chunk, so that no later chunk refers to it.
     */
    private static final class InputChunks {
        private final int maxChunk;
        private byte[] message = EMPTY;
        private int consumed;

        InputChunks(int windowBits) {
            maxChunk = windowBits == DeflateParameters.MAX_WINDOW_BITS ? Integer.MAX_VALUE : 1 << windowBits;
        }

        int flushMode() {
            return maxChunk == Integer.MAX_VALUE ? Deflater.SYNC_FLUSH : Deflater.FULL_FLUSH;
        }

        void begin(byte[] bytes) {
            message = bytes;
            consumed = 0;
        }

        /** Passes the next chunk to {@code zlib}. Returns false if there was none. */
        boolean next(Deflater zlib) {
            int count = Math.min(maxChunk, message.length - consumed);
            zlib.setInput(message, consumed, count);
            consumed += count;
            return count > 0;
        }

        /** Releases the message, which must not stay in memory as long as the connection. */
        void end(Deflater zlib) {
            message = EMPTY;
            zlib.setInput(EMPTY);
        }
    }

    /** Makes a deflater with the largest window. */
    public MessageDeflater(TakeoverMode takeover) {
        this(takeover, DeflateParameters.MAX_WINDOW_BITS);
    }

    /**
     * Makes a deflater for the client's messages.
     *
     * @param windowBits the size of the window as the exponent of 2: 8 to 15
     */
    public MessageDeflater(TakeoverMode takeover, int windowBits) {
        this.takeover = takeover;
        this.chunks = new InputChunks(windowBits);
    }

    /** Begins a message. The array is only read, until the last piece is returned. */
    public void begin(byte[] message) {
        if (phase != Phase.IDLE) {
            throw new IllegalStateException("expected phase IDLE, got " + phase);
        }
        if (message.length == 0) {
            phase = Phase.EMPTY_MESSAGE;
            return;
        }
        if (deflater.isEmpty()) {
            deflater = Optional.of(new Deflater(Deflater.DEFAULT_COMPRESSION, true));
        }
        chunks.begin(message);
        var _ = chunks.next(deflater.get());
        if (output.length == 0) {
            output = new byte[Math.clamp(message.length, SMALLEST_OUTPUT, MAX_PIECE)];
        }
        heldBack = 0;
        filled = 0;
        phase = Phase.DEFLATING;
    }

    /** Returns whether the message has more pieces. */
    public boolean hasNext() {
        return phase == Phase.DEFLATING || phase == Phase.EMPTY_MESSAGE;
    }

    /** Returns the next piece, at most {@link #MAX_PIECE} bytes. The next call overwrites it. */
    public ByteBuffer next() {
        if (phase == Phase.EMPTY_MESSAGE) {
            phase = Phase.IDLE;
            // §7.2.3.6: the header of an empty stored block, because zlib generates no output without input.
            return ByteBuffer.wrap(new byte[] {0});
        }
        if (phase != Phase.DEFLATING) {
            throw new IllegalStateException("expected a message that has begun, got phase " + phase);
        }
        System.arraycopy(output, filled - heldBack, output, 0, heldBack);
        filled = heldBack;
        Deflater zlib = deflater.orElseThrow();
        while (true) {
            filled += zlib.deflate(output, filled, output.length - filled, chunks.flushMode());
            if (filled < output.length) {
                if (chunks.next(zlib)) {
                    continue;
                }
                return finishMessage(zlib);
            }
            if (output.length == MAX_PIECE) {
                heldBack = TAIL.length;
                return ByteBuffer.wrap(output, 0, filled - heldBack);
            }
            output = Arrays.copyOf(output, Math.min(MAX_PIECE, 2 * output.length));
        }
    }

    private ByteBuffer finishMessage(Deflater zlib) {
        // §7.2.1: Remove 4 octets (that are 0x00 0x00 0xff 0xff) from the tail end.
        int end = filled - TAIL.length;
        if (end < 0 || !Arrays.equals(output, end, filled, TAIL, 0, TAIL.length)) {
            throw new IllegalStateException("expected a flushed deflate stream to end with an empty stored block");
        }
        chunks.end(zlib);
        if (takeover == TakeoverMode.RESET) {
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
        output = EMPTY;
    }
}
