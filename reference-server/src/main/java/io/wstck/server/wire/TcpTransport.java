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

/** A transport over plain TCP, on an XNIO connection. */
public final class TcpTransport implements Transport {
    /** The receive buffer size of {@link #shrinkReceiveBuffer}. The system does not change a size that was set. */
    private static final int SMALL_RECEIVE_BUFFER = 64 << 10;

    private final StreamConnection connection;

    /** Guards the three flags below. The I/O thread and callers of {@link #wake} set them for the waiting thread. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    // Both start as true, because only an attempt shows whether a channel is ready.
    private boolean readable = true;
    private boolean writable = true;
    private boolean woken;

    /**
     * The transport owns {@code connection}.
     *
     * @throws IOException when its socket is already closed
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
    public void shrinkReceiveBuffer() throws IOException {
        connection.setOption(Options.RECEIVE_BUFFER, SMALL_RECEIVE_BUFFER);
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
            // The connection has already ended.
            wake();
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
