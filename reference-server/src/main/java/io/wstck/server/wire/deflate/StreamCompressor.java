package io.wstck.server.wire.deflate;

import io.wstck.server.wire.Bytes;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Compresses the messages of a server in their order, fast and in no particular form (RFC 7692 §7.2.1). It uses the
 * JDK's zlib for the largest window, the only one that zlib there supports. It holds native memory until it is closed.
 * One thread.
 */
public sealed interface StreamCompressor extends AutoCloseable {
    /** A compressor for the server's messages under {@code parameters}. */
    static StreamCompressor of(DeflateParameters parameters) {
        return parameters.serverWindowBits() == DeflateParameters.MAX_BITS
                ? new ZlibCompressor(parameters.serverTakeover())
                : new SmallWindowCompressor(new MessageCompressor(parameters));
    }

    /** Compresses a message. The caller splits the result into frames and sets RSV1 on the first. */
    Bytes compress(Bytes message);

    @Override
    void close();

    /** Compresses by zlib at its default level. */
    final class ZlibCompressor implements StreamCompressor {
        private static final int SMALLEST_OUTPUT = 256;

        private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        private final ContextTakeover takeover;
        private byte[] output = new byte[SMALLEST_OUTPUT];

        private ZlibCompressor(ContextTakeover takeover) {
            this.takeover = takeover;
        }

        @Override
        public Bytes compress(Bytes message) {
            if (message.length() == 0) {
                // For an empty message zlib writes nothing, but the message needs one byte (RFC 7692 §7.2.3.6).
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

    /** Compresses by {@link MessageCompressor}, for smaller windows. */
    final class SmallWindowCompressor implements StreamCompressor {
        private final MessageCompressor compressor;

        private SmallWindowCompressor(MessageCompressor compressor) {
            this.compressor = compressor;
        }

        @Override
        public Bytes compress(Bytes message) {
            return compressor.compress(message, DeflateForm.standard());
        }

        @Override
        public void close() {
            // It holds no native memory.
        }
    }
}
