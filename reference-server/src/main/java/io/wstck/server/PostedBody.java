package io.wstck.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.xnio.channels.StreamSourceChannel;

/**
 * Collects the body of one {@code POST /scenarios} while it is read, and gives it to the parser. One thread at a time.
 */
final class PostedBody implements AutoCloseable {
    /** The chunk size in bytes. Large arrays would cause pauses of the garbage collector. */
    private static final int CHUNK = 32 << 10;

    private final List<byte[]> chunks = new ArrayList<>();
    private long length;

    /** Reads the available bytes without blocking. Returns whether the body is complete. */
    boolean readFrom(StreamSourceChannel channel) throws IOException {
        while (true) {
            if (isTooLong()) {
                // The rest is read into one array and discarded.
                chunks.subList(1, chunks.size()).clear();
            } else if (length == (long) chunks.size() * CHUNK) {
                chunks.add(new byte[CHUNK]);
            }
            int used = isTooLong() ? 0 : (int) (length % CHUNK);
            int count = channel.read(ByteBuffer.wrap(chunks.getLast(), used, CHUNK - used));
            if (count <= 0) {
                return count < 0;
            }
            length += count;
        }
    }

    /** Whether the body is longer than {@link HttpLimits#MAX_BODY}. None of it is kept then. */
    boolean isTooLong() {
        return length > HttpLimits.MAX_BODY;
    }

    long length() {
        return length;
    }

    /** Opens a stream of the whole body. Each call returns a new one. */
    InputStream open() {
        List<InputStream> streams = new ArrayList<>();
        long left = length;
        for (byte[] chunk : chunks) {
            streams.add(new ByteArrayInputStream(chunk, 0, Math.clamp(left, 0, CHUNK)));
            left -= CHUNK;
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    /** Releases the memory, because the exchange may exist longer. */
    @Override
    public void close() {
        chunks.clear();
        length = 0;
    }
}
