package io.wstck.client.transport;

import io.wstck.client.protocol.Frame;
import io.wstck.client.protocol.FrameWriter;
import io.wstck.client.protocol.MessageFramer;
import io.wstck.client.protocol.Opcode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The writing side of a connection. Senders queue their frames, then whoever gets the lock writes what all of them have queued,
 * in as few calls as the buffer allows. After the close frame nothing is written any more (RFC 6455 §5.5.1).
 */
final class FrameSender implements AutoCloseable {
    private static final int SMALL_BUFFER = 4 * 1024;
    private static final int LARGE_BUFFER = 64 * 1024;
    /** Frames that one sender writes for others before the next sender takes over. */
    private static final int MAX_BATCH = 256;

    /** Whether the connection goes on until somebody closes it, or is to end with this side's close frame as soon as that can be. */
    private enum Course {
        GOES_ON,
        ENDS
    }

    private enum Phase {
        OPEN,
        /** A message was left unfinished between two of its fragments: only a close frame may follow. */
        UNFINISHED,
        CLOSE_WRITTEN,
        BROKEN
    }

    private final Wire wire;
    private final MessageFramer messages;
    private final FrameWriter frames;
    private final Optional<Duration> timeout;
    private final Watchdog watchdog;
    private final Runnable onBroken;
    private final ConcurrentLinkedQueue<Outgoing> queue = new ConcurrentLinkedQueue<>();
    private final PongQueue pongs = new PongQueue();
    /** Set while the connection's pong thread runs; there is at most one, however many pings arrive. */
    private final AtomicBoolean pongThread = new AtomicBoolean();

    private volatile Course course = Course.GOES_ON;

    /** Guards the fields below, framer and frame writer, the wire's output, and the fate of each queued frame. */
    private final ReentrantLock lock = new ReentrantLock();

    private Phase phase = Phase.OPEN;
    private Optional<IOException> failure = Optional.empty();
    private ByteBuffer buffer = ByteBuffer.allocate(SMALL_BUFFER);
    /** Frames whose bytes are in the buffer, the last one perhaps not whole. */
    private final List<Outgoing> unsettled = new ArrayList<>();

    /** @param onBroken run once, under the lock, when writing has failed; must not block */
    FrameSender(
            Wire wire,
            MessageFramer messages,
            FrameWriter frames,
            Optional<Duration> timeout,
            Deadlines deadlines,
            Runnable onBroken) {
        this.wire = wire;
        this.messages = messages;
        this.frames = frames;
        this.timeout = timeout;
        this.watchdog = new Watchdog(deadlines, wire::close);
        this.onBroken = onBroken;
    }

    /**
     * Sends a frame, and returns when its bytes are written.
     *
     * @throws IOException if it was not written whole: the connection is closed or lost, or the write timeout has passed
     */
    void send(Opcode opcode, byte[] payload) throws IOException {
        long deadline = System.nanoTime() + timeout.map(Duration::toNanos).orElse(0L);
        Outgoing frame = new Outgoing(opcode, payload, deadline);
        queue.add(frame);
        acquire(frame);
        try {
            while (frame.waiting()) {
                drain();
            }
        } finally {
            lock.unlock();
        }
        frame.check();
    }

    /**
     * Answers a ping without ever blocking, since the reader calls it: were it to wait for a peer that writes and does not read,
     * both would wait for ever. Any thread that writes takes the pong along at the next frame boundary; the pong thread
     * writes those that no other thread takes.
     */
    void pong(ByteBuffer payload) {
        pongs.add(payload);
        if (pongThread.compareAndSet(false, true)) {
            Thread.ofVirtual().name("wstck-pong").start(this::writePongs);
        }
    }

    /**
     * The peer's close frame has come, or the connection fails: from this side's close frame on no pong is sent (RFC 6455 §5.5.2, §7.1.7). A
     * message of many fragments that is under way is left unfinished, so that the close frame is not late (§5.5.1).
     */
    void endSoon() {
        course = Course.ENDS;
    }

    /**
     * Takes the timer's entry back and frees the compressor; what is queued fails. TCP must have been dropped: whoever writes
     * fails by it, and gives the lock free.
     */
    @Override
    public void close() {
        watchdog.close();
        lock.lock();
        try {
            fail(new IOException("connection is closed"));
            messages.close();
        } finally {
            lock.unlock();
        }
    }

    private void writePongs() {
        do {
            lock.lock();
            try {
                drain();
            } finally {
                lock.unlock();
                // Only now: while the lock is held by a writer that is stuck, further pings must not start further
                // threads.
                pongThread.set(false);
            }
            // A pong that came too late for this drain saw the flag set, and started no thread.
        } while (!pongs.isEmpty() && pongThread.compareAndSet(false, true));
    }

    /** Waits for the lock no longer than the frame's deadline; a holder that is stuck until then is freed by dropping TCP. */
    private void acquire(Outgoing frame) {
        if (timeout.isPresent()) {
            try {
                if (lock.tryLock(frame.deadline() - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return;
                }
                wire.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        lock.lock();
    }

    private void drain() {
        try {
            for (int taken = 0; taken < MAX_BATCH; taken++) {
                writeDuePongs();
                Outgoing frame = queue.poll();
                if (frame == null) {
                    break;
                }
                if (phase == Phase.OPEN || (phase == Phase.UNFINISHED && frame.opcode() == Opcode.CLOSE)) {
                    write(frame);
                } else {
                    frame.failed(refusal());
                }
            }
            flush();
            settle(unsettled.size());
        } catch (IOException e) {
            fail(explained(e));
        } finally {
            // Left over only if something other than writing has failed: then it is not known what was written.
            if (!unsettled.isEmpty()) {
                fail(new IOException("writing was cut short"));
            }
            buffer.clear();
            watchdog.lift();
        }
    }

    private void writeDuePongs() throws IOException {
        // Bounded, as a peer that floods with pings must not keep frames from being written.
        for (int taken = 0; taken < PongQueue.CAPACITY; taken++) {
            Optional<byte[]> pong = pongs.poll();
            if (pong.isEmpty()) {
                return;
            }
            // §5.5.2: a ping is answered also after this side's close frame, as long as the peer's has not come.
            if (phase == Phase.OPEN || (phase == Phase.CLOSE_WRITTEN && course == Course.GOES_ON)) {
                if (unsettled.isEmpty()) {
                    timeout.ifPresent(limit -> watchdog.set(limit.toNanos()));
                }
                put(Frame.whole(Opcode.PONG, pong.get()));
            }
        }
    }

    private void write(Outgoing frame) throws IOException {
        unsettled.add(frame);
        watch(frame);
        if (!put(frame.opcode(), frame.payload())) {
            unsettled.removeLast();
            frame.failed(new IOException("connection is closed: the message was left unfinished"));
            phase = Phase.UNFINISHED;
        }
        // §5.5.1: The application MUST NOT send any more data frames after sending a Close frame.
        if (frame.opcode() == Opcode.CLOSE) {
            phase = Phase.CLOSE_WRITTEN;
        }
    }

    /** Returns whether the message was written whole; the connection may be about to end. */
    private boolean put(Opcode opcode, byte[] payload) throws IOException {
        messages.begin(opcode, payload);
        put(messages.next());
        while (messages.hasNext()) {
            if (course == Course.ENDS) {
                messages.abandon();
                return false;
            }
            // RFC 6455 §5.4: control frames may be injected in the middle of a fragmented message.
            writeDuePongs();
            put(messages.next());
        }
        return true;
    }

    private void put(Frame frame) throws IOException {
        if (buffer.remaining() < FrameWriter.MAX_HEADER) {
            makeRoom();
        }
        frames.begin(frame, buffer);
        while (!frames.write(buffer)) {
            makeRoom();
        }
    }

    /** Empties the buffer, which settles all frames in it but the last, or replaces it by a larger one. */
    private void makeRoom() throws IOException {
        if (buffer.capacity() < LARGE_BUFFER) {
            buffer = ByteBuffer.allocate(LARGE_BUFFER).put(buffer.flip());
            return;
        }
        flush();
        if (!unsettled.isEmpty()) {
            settle(unsettled.size() - 1);
            watch(unsettled.getLast());
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        if (buffer.hasRemaining()) {
            wire.write(buffer);
        }
        buffer.clear();
    }

    private void settle(int count) {
        List<Outgoing> written = unsettled.subList(0, count);
        written.forEach(Outgoing::written);
        written.clear();
    }

    /** Sets the deadline of the frame that waits longest; the others' come later. */
    private void watch(Outgoing frame) {
        if (timeout.isPresent() && unsettled.size() == 1) {
            watchdog.set(Math.max(0, frame.deadline() - System.nanoTime()));
        }
    }

    private void fail(IOException cause) {
        unsettled.forEach(frame -> frame.failed(cause));
        unsettled.clear();
        if (phase != Phase.BROKEN) {
            phase = Phase.BROKEN;
            failure = Optional.of(cause);
            onBroken.run();
        }
    }

    private IOException explained(IOException cause) {
        return watchdog.expired()
                ? new IOException("write timeout of " + timeout.orElseThrow() + " passed", cause)
                : cause;
    }

    private IOException refusal() {
        return failure.orElseGet(() -> new IOException("connection is closed"));
    }
}
