package io.wstck.client.transport;

import io.wstck.client.protocol.ClientConnectionProtocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes the frames of one connection to its socket: messages, pings, pongs and the close frame. A sender that
 * gets the lock at once writes its frames. The others queue theirs. The next thread that gets the lock writes all
 * queued frames, in as few calls as the buffer allows. The protocol decides what may be written.
 */
final class FrameSender implements AutoCloseable {
    private static final int FIRST_BUFFER = 256;
    private static final int MAX_BUFFER = 64 * 1024;
    private static final int BUFFER_GROWTH = 16;
    /** Frames that one sender writes for others before the next sender takes over. */
    private static final int MAX_BATCH = 256;

    private final SocketStreams streams;
    private final ClientConnectionProtocol protocol;
    private final Optional<Duration> timeout;
    private final DeadlineTimer timer;
    private final DeadlineTimer.BoundedWait lockWait;
    private final Watchdog watchdog;
    private final Runnable onProgress;
    private final Runnable onBroken;
    private final ConcurrentLinkedQueue<OutgoingFrame> queue = new ConcurrentLinkedQueue<>();
    /** Set while the connection's pong thread runs; there is at most one, however many pings arrive. */
    private final AtomicBoolean pongThread = new AtomicBoolean();

    /**
     * The write lock: guards the fields below, the socket's output, the protocol's writing methods, and the result of
     * each queued frame.
     */
    private final ReentrantLock lock = new ReentrantLock();

    private boolean closeRequested;
    /** Set under the lock. */
    private volatile boolean closeWritten;
    /** The failure after which nothing can be written. */
    private Optional<IOException> failure = Optional.empty();

    /** Small at first, because many connections seldom send. */
    private ByteBuffer buffer = ByteBuffer.allocate(FIRST_BUFFER);

    /** Frames of the thread that holds the lock, to be written after the queue. Empty while the lock is free. */
    private final Deque<OutgoingFrame> ownFrames = new ArrayDeque<>();
    /** Frames whose bytes are in the buffer, the last one perhaps not whole. */
    private final List<OutgoingFrame> bufferedFrames = new ArrayList<>();

    /**
     * Creates a sender.
     *
     * @param onProgress run under the lock when a part of a long frame or batch is written; must not block
     * @param onBroken run once, under the lock, when writing has failed; must not block
     */
    FrameSender(
            SocketStreams streams,
            ClientConnectionProtocol protocol,
            Optional<Duration> timeout,
            DeadlineTimer timer,
            Runnable onProgress,
            Runnable onBroken) {
        this.streams = streams;
        this.protocol = protocol;
        this.timeout = timeout;
        this.timer = timer;
        this.lockWait = nanos -> lock.tryLock(nanos, TimeUnit.NANOSECONDS);
        this.watchdog = new Watchdog(timer, streams::close);
        this.onProgress = onProgress;
        this.onBroken = onBroken;
    }

    /**
     * Sends a message or a ping, and returns when its bytes are written.
     *
     * @throws IOException if it was not written whole: the connection is closed or lost, or the write timeout has
     * passed
     */
    void send(OutgoingFrame frame) throws IOException {
        frame.deadline = deadline();
        if (lock.tryLock()) {
            ownFrames.add(frame);
        } else {
            queue.add(frame);
            acquire(frame.deadline);
        }
        try {
            while (frame.waiting) {
                drain();
            }
        } finally {
            lock.unlock();
        }
        throwIfPresent(frame.failure);
    }

    /**
     * Sends messages in their order, in as few calls as the buffer allows, and returns when the bytes of all are
     * written.
     *
     * @throws IOException if one of them was not written whole, as for {@link #send}
     */
    void sendAll(List<OutgoingFrame> frames) throws IOException {
        long deadline = deadline();
        frames.forEach(frame -> frame.deadline = deadline);
        acquire(deadline);
        try {
            ownFrames.addAll(frames);
            drain();
        } finally {
            lock.unlock();
        }
        for (OutgoingFrame frame : frames) {
            throwIfPresent(frame.failure);
        }
    }

    /**
     * Writes this side's close frame behind the queued frames, unless another thread has written it, and returns when
     * it is written.
     *
     * @throws IOException if it cannot be written
     */
    void writeClose() throws IOException {
        if (closeWritten) {
            // A pong may block under the lock, and the reader must not wait for it.
            return;
        }
        acquire(deadline());
        try {
            closeRequested = true;
            drain();
            throwIfPresent(failure);
            closeWritten = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gets due pongs written, without blocking. The reader calls it and must not wait for a peer that does not read. A
     * thread that is writing sends due pongs at the next frame boundary. The pong thread sends the rest.
     */
    void schedulePongs() {
        if (pongThread.compareAndSet(false, true)) {
            HelperThreads.runOnSameKind("wstck-pong", this::writePongs);
        }
    }

    /**
     * Cancels the deadline and ends the protocol's writing; queued frames fail. TCP must have been dropped before,
     * which makes a blocked writer fail and release the lock.
     */
    @Override
    public void close() {
        watchdog.close();
        lock.lock();
        try {
            fail(new IOException("connection is closed"));
            protocol.endWriting();
        } finally {
            lock.unlock();
        }
    }

    private void writePongs() {
        boolean writable;
        do {
            lock.lock();
            try {
                drain();
                writable = failure.isEmpty();
            } finally {
                lock.unlock();
                // Reset only after the lock was free: while a writer is blocked, more pings must not start more
                // threads.
                pongThread.set(false);
            }
            // A ping that arrived after this drain may have seen the flag set and started no thread.
        } while (writable && protocol.pongsDue() && pongThread.compareAndSet(false, true));
    }

    /**
     * Returns when the write timeout of a frame that is sent now passes. Unused without a write timeout.
     */
    private long deadline() {
        return timeout.isEmpty() ? 0 : timer.now() + timeout.get().toNanos();
    }

    /** Acquires the lock. At the deadline it drops TCP, which makes a blocked holder fail and release the lock. */
    private void acquire(long deadline) {
        if (timeout.isPresent()) {
            try {
                if (timer.await(lockWait, deadline)) {
                    return;
                }
                streams.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        lock.lock();
    }

    private void drain() {
        try {
            for (int taken = 0; taken < MAX_BATCH; taken++) {
                OutgoingFrame frame = queue.poll();
                if (frame == null) {
                    break;
                }
                beginAndWrite(frame);
            }
            while (!ownFrames.isEmpty()) {
                beginAndWrite(ownFrames.remove());
            }
            if (failure.isEmpty()) {
                if (closeRequested) {
                    protocol.beginClose();
                }
                fillBuffer();
                flush();
            }
            completeFirst(bufferedFrames.size());
        } catch (IOException e) {
            fail(withTimeoutMessage(e));
        } finally {
            // Frames remain only after an unexpected exception: it is unknown how much of them was written.
            if (!bufferedFrames.isEmpty()) {
                fail(new IOException("writing ended with an unexpected exception"));
            }
            // Frames remain here only after a failure.
            while (!ownFrames.isEmpty()) {
                ownFrames.remove().fail(failure.orElseGet(FrameSender::closed));
            }
            buffer.clear();
            if (timeout.isPresent()) {
                watchdog.lift();
            }
        }
    }

    private void beginAndWrite(OutgoingFrame frame) throws IOException {
        if (failure.isEmpty() && protocol.begin(frame.opcode, frame.payload)) {
            write(frame);
        } else {
            frame.fail(failure.orElseGet(FrameSender::closed));
        }
    }

    private static IOException closed() {
        return new IOException("connection is closed");
    }

    private void write(OutgoingFrame frame) throws IOException {
        bufferedFrames.add(frame);
        setDeadline(frame);
        fillBuffer();
        if (protocol.messageUnfinished()) {
            bufferedFrames.removeLast();
            frame.fail(new IOException("connection is closed: the message was left unfinished"));
        }
    }

    /** Takes all bytes that the protocol has to write. The last of them stay in the buffer until the next flush. */
    private void fillBuffer() throws IOException {
        while (!protocol.write(buffer)) {
            makeRoom();
        }
    }

    /** Replaces the buffer by a larger one, or flushes it. A flush completes all frames in it but the last. */
    private void makeRoom() throws IOException {
        if (buffer.capacity() < MAX_BUFFER) {
            buffer = ByteBuffer.allocate(BUFFER_GROWTH * buffer.capacity()).put(buffer.flip());
            return;
        }
        flush();
        onProgress.run();
        if (!bufferedFrames.isEmpty()) {
            completeFirst(bufferedFrames.size() - 1);
            setDeadline(bufferedFrames.getLast());
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        if (buffer.hasRemaining()) {
            if (bufferedFrames.isEmpty()) {
                // Pongs or a close frame: no sender has set a deadline.
                timeout.ifPresent(limit -> watchdog.set(timer.now() + limit.toNanos()));
            }
            streams.write(buffer);
        }
        buffer.clear();
    }

    private void completeFirst(int count) {
        for (int index = 0; index < count; index++) {
            bufferedFrames.get(index).waiting = false;
        }
        if (count == bufferedFrames.size()) {
            bufferedFrames.clear();
        } else {
            bufferedFrames.subList(0, count).clear();
        }
    }

    /** Sets the deadline of the oldest frame in the buffer; newer frames have later deadlines. */
    private void setDeadline(OutgoingFrame frame) {
        if (timeout.isPresent() && bufferedFrames.size() == 1) {
            watchdog.set(frame.deadline);
        }
    }

    private void fail(IOException cause) {
        bufferedFrames.forEach(frame -> frame.fail(cause));
        bufferedFrames.clear();
        if (failure.isEmpty()) {
            failure = Optional.of(cause);
            onBroken.run();
        }
    }

    /** Throws a new exception, with the stack trace of the calling thread, if there is a cause. */
    private static void throwIfPresent(Optional<IOException> cause) throws IOException {
        if (cause.isPresent()) {
            throw new IOException(cause.get().getMessage(), cause.get());
        }
    }

    private IOException withTimeoutMessage(IOException cause) {
        return watchdog.expired()
                ? new IOException("write timeout of " + timeout.orElseThrow() + " passed", cause)
                : cause;
    }
}
