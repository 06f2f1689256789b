package io.wstck.server.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/**
 * A transport whose reads first return bytes that were already read from the connection, for example after the request.
 */
public final class PrefetchedTransport implements Transport {
    private final Transport connection;
    private final ByteBuffer ahead;

    /** {@code ahead} are the bytes that were read from {@code connection}. They are not copied. */
    public PrefetchedTransport(Transport connection, Bytes ahead) {
        this.connection = connection;
        this.ahead = ahead.buffer();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return ahead.hasRemaining() ? Buffers.move(ahead, into) : connection.read(into);
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
    public void awaitBytes(Deadline deadline, BooleanSupplier work) throws InterruptedException {
        if (!ahead.hasRemaining()) {
            connection.awaitBytes(deadline, work);
        }
    }

    @Override
    public void wake() {
        connection.wake();
    }

    @Override
    public void shrinkReceiveBuffer() throws IOException {
        connection.shrinkReceiveBuffer();
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
