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

/** The body of a request, while it is read and afterwards. One thread at a time. */
final class PostedBody implements AutoCloseable {
    /** The collector moves small arrays in passing; a large one costs a pause. */
    private static final int CHUNK = 32 << 10;

    private final List<byte[]> chunks = new ArrayList<>();
    private long length;

    /** Reads the bytes that have arrived, without blocking; returns whether the body is complete. */
    boolean readFrom(StreamSourceChannel channel) throws IOException {
        while (true) {
            if (isTooLong()) {
                // What follows is read over the same array.
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

    /** Whether the body is longer than {@link HttpLimits#MAX_BODY}; nothing is kept of it then. */
    boolean isTooLong() {
        return length > HttpLimits.MAX_BODY;
    }

    long length() {
        return length;
    }

    /** The body from its first byte; each call begins anew. */
    InputStream open() {
        List<InputStream> streams = new ArrayList<>();
        long left = length;
        for (byte[] chunk : chunks) {
            streams.add(new ByteArrayInputStream(chunk, 0, Math.clamp(left, 0, CHUNK)));
            left -= CHUNK;
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    /** Lets go of the memory: the exchange may live on. */
    @Override
    public void close() {
        chunks.clear();
        length = 0;
    }
}
