package io.wstck.tck.prove.relay;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Deflates the messages of one direction in order, with a window of 32 KiB (RFC 7692 §7.2.1). Holds native memory until
 * it is closed. For one thread.
 */
public final class PayloadDeflater implements AutoCloseable {
    private static final int TAIL = 4;

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final byte[] buffer = new byte[16 << 10];

    /** Deflates one message. The payload may refer to earlier messages. */
    public byte[] deflate(byte[] message) {
        if (message.length == 0) {
            // A second flush without input writes nothing, so this returns the empty block of RFC 7692 §7.2.3.6.
            return new byte[1];
        }
        ByteArrayOutputStream payload = new ByteArrayOutputStream(message.length);
        deflater.setInput(message);
        for (int count = buffer.length; count == buffer.length; ) {
            count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
            payload.write(buffer, 0, count);
        }
        return Arrays.copyOf(payload.toByteArray(), payload.size() - TAIL);
    }

    /** Clears the window, so that the next message refers to no earlier one. */
    public void resetWindow() {
        deflater.reset();
    }

    @Override
    public void close() {
        deflater.end();
    }
}
