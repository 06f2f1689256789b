package io.wstck.server.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A connection of which somebody has read more than was his: what he read is read first. */
public final class ReadAhead implements Transport {
    private final Transport connection;
    private final ByteBuffer ahead;

    /** {@code ahead} was read from {@code connection}, and is kept, not copied. */
    public ReadAhead(Transport connection, Bytes ahead) {
        this.connection = connection;
        this.ahead = ahead.buffer();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (!ahead.hasRemaining()) {
            return connection.read(into);
        }
        int count = Math.min(ahead.remaining(), into.remaining());
        into.put(ahead.slice(ahead.position(), count));
        ahead.position(ahead.position() + count);
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return connection.write(from);
    }

    @Override
    public boolean flush() throws IOException {
        return connection.flush();
    }

    @Override
    public void await(Interest interest, Deadline deadline) throws InterruptedException {
        if (!(interest.reads() && ahead.hasRemaining())) {
            connection.await(interest, deadline);
        }
    }

    @Override
    public void wake() {
        connection.wake();
    }

    @Override
    public void narrow() throws IOException {
        connection.narrow();
    }

    @Override
    public void shutdownWrites() throws IOException {
        connection.shutdownWrites();
    }

    @Override
    public void abort() {
        connection.abort();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
