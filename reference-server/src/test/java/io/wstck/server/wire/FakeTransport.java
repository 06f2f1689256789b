package io.wstck.server.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A simulated transport that is always ready. Tests override its reads and writes. */
public class FakeTransport implements Transport {
    @Override
    public int read(ByteBuffer into) throws IOException {
        return 0;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int count = from.remaining();
        from.position(from.limit());
        return count;
    }

    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public void await(Interest interest, Deadline deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the test has ended the player");
        }
    }

    @Override
    public void wake() {}

    @Override
    public void shrinkReceiveBuffer() {}

    @Override
    public void shutdownWrites() {}

    @Override
    public void abort() {}

    @Override
    public void close() {}
}
