package io.wstck.server.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.channels.ConcurrentStreamChannelAccessException;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * A transport over plain TCP, on an XNIO connection. While a thread waits for bytes, the I/O thread reads the first of
 * them for it, and may do short work with them. Reads then stay resumed, so the next wait need not wake the I/O thread.
 */
public final class TcpTransport implements Transport {
    /** The receive buffer size of {@link #shrinkReceiveBuffer}. The system does not change a size that was set. */
    private static final int SMALL_RECEIVE_BUFFER = 64 << 10;

    /** The most bytes that the I/O thread reads for a waiting thread. The thread reads the rest itself. */
    private static final int EARLY_BYTES = 4 << 10;

    private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

    private final StreamConnection connection;

    /** Guards the fields below. The I/O thread and callers of {@link #wake} set them for the waiting thread. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Condition workEnded = lock.newCondition();
    // Both start as true, because only an attempt shows whether a channel is ready.
    private boolean readable = true;
    private boolean writable = true;
    private boolean woken;
    private boolean readsResumed;
    /** Whether a thread waits for bytes, so that the I/O thread may read them. */
    private boolean wantsBytes;
    /** Bytes that the I/O thread has read. Allocated at its first read, since many connections never wait. */
    private ByteBuffer early = NO_BYTES;
    /** Whether the last read of the I/O thread has emptied the socket, so that a read behind it would find nothing. */
    private boolean emptied;
    /** Whether the I/O thread has met the end of the input. */
    private boolean ended;
    /** The failure that the I/O thread has met; the system reports it only once. */
    private Optional<IOException> failure = Optional.empty();
    /** The work that the I/O thread may do in the current wait. */
    private Optional<BooleanSupplier> work = Optional.empty();
    /** Whether the I/O thread does it now. The waiting thread then stays in its wait. */
    private boolean working;
    /** An exception or error of the work, for the waiting thread. */
    private Optional<Throwable> workFailure = Optional.empty();

    /**
     * The transport owns {@code connection}.
     *
     * @throws IOException when its socket is already closed
     */
    public TcpTransport(StreamConnection connection) throws IOException {
        this.connection = connection;
        connection.setOption(Options.TCP_NODELAY, true);
        connection.getSourceChannel().setReadListener(this::readEarly);
        connection.getSinkChannel().setWriteListener(channel -> {
            channel.suspendWrites();
            signal(() -> writable = true);
        });
    }

    /** Reads for the waiting thread, or notes that a read may succeed. Runs on the I/O thread. */
    private void readEarly(ConduitStreamSourceChannel channel) {
        BooleanSupplier begun;
        lock.lock();
        try {
            if (!wantsBytes) {
                readable = true;
            } else if (!readInto(channel)) {
                // Nothing was there after all.
                return;
            }
            if (!wantsBytes || woken || work.isEmpty() || mustSuspend()) {
                endWait(channel);
                return;
            }
            working = true;
            begun = work.get();
        } finally {
            lock.unlock();
        }
        // Not under the lock: the work takes other locks.
        Optional<Throwable> thrown = Optional.empty();
        boolean waitGoesOn = false;
        try {
            waitGoesOn = begun.getAsBoolean();
        } catch (RuntimeException | Error e) {
            thrown = Optional.of(e);
        }
        endWork(channel, waitGoesOn, thrown);
    }

    private void endWork(ConduitStreamSourceChannel channel, boolean waitGoesOn, Optional<Throwable> thrown) {
        lock.lock();
        try {
            working = false;
            workFailure = thrown;
            // The next read of the I/O thread would overwrite bytes that the work has left.
            if (!waitGoesOn || early.hasRemaining()) {
                woken = true;
                endWait(channel);
            }
            workEnded.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void endWait(ConduitStreamSourceChannel channel) {
        if (!wantsBytes || mustSuspend()) {
            channel.suspendReads();
            readsResumed = false;
        }
        wantsBytes = false;
        changed.signalAll();
    }

    /** Whether the I/O thread would at once be called again, though it can read nothing for the waiting thread. */
    private boolean mustSuspend() {
        return readable || ended || failure.isPresent();
    }

    /** Reads once. Returns whether there is something to tell the waiting thread. */
    private boolean readInto(ConduitStreamSourceChannel channel) {
        if (early.capacity() == 0) {
            early = ByteBuffer.allocate(EARLY_BYTES);
        }
        early.clear();
        int count = 0;
        try {
            count = channel.read(early);
            ended = count < 0;
        } catch (IOException broken) {
            failure = Optional.of(broken);
        }
        early.flip();
        // A full buffer may have left bytes in the socket.
        readable = count == EARLY_BYTES;
        emptied = count > 0 && !readable;
        return count != 0 || failure.isPresent();
    }

    /** Sets a flag for the thread that runs, or for the work of a waiting one. Neither needs a wake-up. */
    private void set(Runnable flag) {
        lock.lock();
        try {
            flag.run();
        } finally {
            lock.unlock();
        }
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
        lock.lock();
        try {
            if (early.hasRemaining()) {
                return Buffers.move(early, into);
            }
            if (failure.isPresent()) {
                throw failure.get();
            }
            if (ended) {
                return -1;
            }
            if (emptied) {
                emptied = false;
                if (!readable) {
                    return 0;
                }
            }
            readable = false;
        } finally {
            lock.unlock();
        }
        int count = connection.getSourceChannel().read(into);
        if (count != 0) {
            set(() -> readable = true);
        }
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        set(() -> writable = false);
        int count;
        try {
            count = connection.getSinkChannel().write(from);
        } catch (IOException broken) {
            // The caller now reads what came before the end, without a wait.
            set(() -> emptied = false);
            throw broken;
        }
        if (count != 0) {
            set(() -> writable = true);
        }
        return count;
    }

    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public void await(Interest interest, Deadline deadline) throws InterruptedException {
        await(interest, deadline, Optional.empty());
    }

    @Override
    public void awaitBytes(Deadline deadline, BooleanSupplier permitted) throws InterruptedException {
        await(Interest.READING, deadline, Optional.of(permitted));
    }

    private void await(Interest interest, Deadline deadline, Optional<BooleanSupplier> permitted)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            work = permitted;
            while (!(woken || (interest.reads() && bytesExpected()) || (interest.writes() && writable))) {
                long left = deadline.remainingNanos();
                if (left <= 0) {
                    return;
                }
                resume(interest);
                var _ = changed.awaitNanos(left);
                awaitEndOfWork();
            }
            woken = false;
            throwWorkFailure();
        } finally {
            // Also after an interrupt: the work uses the objects of this thread.
            awaitEndOfWork();
            work = Optional.empty();
            workFailure = Optional.empty();
            lock.unlock();
        }
    }

    /** Lets no other work begin, and waits for the end of the current one. */
    private void awaitEndOfWork() {
        wantsBytes = false;
        while (working) {
            workEnded.awaitUninterruptibly();
        }
    }

    private void throwWorkFailure() {
        switch (workFailure.orElse(null)) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private boolean bytesExpected() {
        return readable || early.hasRemaining() || ended || failure.isPresent();
    }

    private void resume(Interest interest) {
        wantsBytes = interest.reads();
        if (wantsBytes && !readsResumed) {
            readsResumed = true;
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
        if (!connection.isOpen()) {
            // The connection has already ended.
            wake();
            return;
        }
        try {
            connection.setOption(Options.CLOSE_ABORT, true);
            connection.close();
        } catch (IOException | ConcurrentStreamChannelAccessException gone) {
            // The connection has ended meanwhile.
            wake();
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
