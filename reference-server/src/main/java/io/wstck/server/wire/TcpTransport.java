package io.wstck.server.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.xnio.ChannelListener;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.channels.ConcurrentStreamChannelAccessException;
import org.xnio.channels.SuspendableReadChannel;
import org.xnio.channels.SuspendableWriteChannel;

/** A TCP connection on XNIO's channels. */
public final class TcpTransport implements Transport {
    /** A size that is set is kept: the system does not let the buffer grow any more. */
    private static final int NARROW_BYTES = 64 << 10;

    private final StreamConnection connection;

    /** Guards the three flags below, which the I/O thread and wakers set for the thread that waits. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    // Both begin true: whether a channel is ready is learned by trying.
    private boolean readable = true;
    private boolean writable = true;
    private boolean woken;

    /**
     * Takes the connection over.
     *
     * @throws IOException when its socket is gone already
     */
    public TcpTransport(StreamConnection connection) throws IOException {
        this.connection = connection;
        connection.setOption(Options.TCP_NODELAY, true);
        connection.getSourceChannel().setReadListener(suspendingReads(() -> readable = true));
        connection.getSinkChannel().setWriteListener(suspendingWrites(() -> writable = true));
    }

    private <C extends SuspendableReadChannel> ChannelListener<C> suspendingReads(Runnable flag) {
        return channel -> {
            channel.suspendReads();
            signal(flag);
        };
    }

    private <C extends SuspendableWriteChannel> ChannelListener<C> suspendingWrites(Runnable flag) {
        return channel -> {
            channel.suspendWrites();
            signal(flag);
        };
    }

    private void signal(Runnable flag) {
        lock.lock();
        try {
            flag.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        signal(() -> readable = false);
        int count = connection.getSourceChannel().read(into);
        if (count != 0) {
            signal(() -> readable = true);
        }
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        signal(() -> writable = false);
        int count = connection.getSinkChannel().write(from);
        if (count != 0) {
            signal(() -> writable = true);
        }
        return count;
    }

    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public void await(Interest interest, Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!(woken || (interest.reads() && readable) || (interest.writes() && writable))) {
                long left = deadline.remainingNanos();
                if (left <= 0) {
                    return;
                }
                resume(interest);
                var _ = changed.awaitNanos(left);
            }
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    private void resume(Interest interest) {
        if (interest.reads() && !readable) {
            connection.getSourceChannel().resumeReads();
        }
        if (interest.writes() && !writable) {
            connection.getSinkChannel().resumeWrites();
        }
    }

    @Override
    public void wake() {
        signal(() -> woken = true);
    }

    @Override
    public void narrow() throws IOException {
        connection.setOption(Options.RECEIVE_BUFFER, NARROW_BYTES);
    }

    @Override
    public void shutdownWrites() throws IOException {
        connection.getSinkChannel().shutdownWrites();
        connection.getSinkChannel().flush();
    }

    @Override
    public void abort() {
        try {
            connection.setOption(Options.CLOSE_ABORT, true);
            connection.close();
        } catch (IOException | ConcurrentStreamChannelAccessException gone) {
            // Ended either way: there is nothing left to reset.
            wake();
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
