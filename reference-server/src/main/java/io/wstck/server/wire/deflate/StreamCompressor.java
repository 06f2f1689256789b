package io.wstck.server.wire.deflate;

import io.wstck.server.wire.Bytes;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Compresses the messages of a server, in their order, fast and in no particular shape (RFC 7692 §7.2.1): with zlib where the
 * largest window was negotiated, which is the only one that the JDK's knows. Holds native memory until it is closed. One thread.
 */
public sealed interface StreamCompressor extends AutoCloseable {
    /** A compressor for what the server sends under {@code parameters}. */
    static StreamCompressor of(DeflateParameters parameters) {
        return parameters.serverWindowBits() == DeflateParameters.MAX_BITS
                ? new Zlib(parameters.serverTakeover())
                : new Own(new MessageCompressor(parameters));
    }

    /** The payload of a message: to be split into frames, the first of which has RSV1. */
    Bytes compress(Bytes message);

    @Override
    void close();

    /** zlib, at its default level. */
    final class Zlib implements StreamCompressor {
        private static final int SMALLEST_OUTPUT = 256;

        private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        private final ContextTakeover takeover;
        private byte[] output = new byte[SMALLEST_OUTPUT];

        private Zlib(ContextTakeover takeover) {
            this.takeover = takeover;
        }

        @Override
        public Bytes compress(Bytes message) {
            if (message.length() == 0) {
                // zlib makes nothing out of nothing (RFC 7692 §7.2.3.6).
                return Bytes.owning(new byte[1]);
            }
            deflater.setInput(message.buffer());
            int length = 0;
            while (true) {
                length += deflater.deflate(output, length, output.length - length, Deflater.SYNC_FLUSH);
                if (length < output.length) {
                    break;
                }
                output = Arrays.copyOf(output, 2 * output.length);
            }
            if (takeover == ContextTakeover.NONE) {
                deflater.reset();
            }
            if (!DeflateFormat.endsWithTail(output, length)) {
                throw new IllegalStateException("expected a flushed deflate stream to end with an empty stored block");
            }
            return Bytes.owning(Arrays.copyOf(output, length - DeflateFormat.tailLength()));
        }

        @Override
        public void close() {
            deflater.end();
        }
    }

    /** Our own, for smaller windows. */
    final class Own implements StreamCompressor {
        private final MessageCompressor compressor;

        private Own(MessageCompressor compressor) {
            this.compressor = compressor;
        }

        @Override
        public Bytes compress(Bytes message) {
            return compressor.compress(message, DeflateForm.plain());
        }

        @Override
        public void close() {
            // It holds nothing but memory of the heap.
        }
    }
}
