package io.wstck.client.transport;

import io.wstck.client.CloseCode;
import io.wstck.client.CloseStatus;
import io.wstck.client.protocol.Event;
import io.wstck.client.protocol.FrameReader;
import io.wstck.client.protocol.ProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * The reading side of a connection: one thread from the first frame to the end of TCP. While the channel of messages is full it
 * reads nothing, and what lies behind an undelivered message waits with it.
 */
final class FrameReceiver implements Runnable {
    private final Wire wire;
    private final FrameReader frames;
    private final ByteBuffer input;
    private final SocketConnection connection;
    private final Optional<Duration> timeout;
    private final Watchdog watchdog;
    /** Nanoseconds of reading that are left until the read timeout; only the reading thread. */
    private long patience;

    /** @param input what has been read already, and where to read to */
    FrameReceiver(
            Wire wire,
            FrameReader frames,
            ByteBuffer input,
            SocketConnection connection,
            Optional<Duration> timeout,
            Deadlines deadlines) {
        this.wire = wire;
        this.frames = frames;
        this.input = input;
        this.connection = connection;
        this.timeout = timeout;
        this.watchdog = new Watchdog(deadlines, this::timedOut);
        this.patience = timeout.map(Duration::toNanos).orElse(0L);
    }

    @Override
    public void run() {
        try {
            receive();
        } catch (IOException e) {
            // §7.1.5: TCP ended without a close frame, or we dropped it: the end of the channel is how the user learns
            // of it.
            return;
        } catch (InterruptedException e) {
            // Whoever owns the thread wants it back; the connection ends with it.
            Thread.currentThread().interrupt();
        } finally {
            watchdog.close();
            frames.close();
            connection.terminate();
        }
    }

    private void receive() throws IOException, InterruptedException {
        try {
            while (true) {
                switch (frames.next(input)) {
                    case Event.Starved.STARVED -> {
                        if (fill() < 0) {
                            return;
                        }
                    }
                    case Event.MessageReceived(var message) -> {
                        connection.deliver(message);
                        patience = timeout.map(Duration::toNanos).orElse(0L);
                    }
                    case Event.PingReceived(var payload) -> connection.pong(payload);
                    case Event.PongReceived _ -> {}
                    case Event.CloseReceived(var status) -> {
                        connection.peerCloses(status);
                        connection.awaitCloseFrame();
                        // §7.1.1: the server ends TCP first; what it sends until then is not read as frames (§5.5.1).
                        discard();
                        wire.endOutput();
                        return;
                    }
                }
            }
        } catch (ProtocolException e) {
            CloseCode code = e.violation().closeCode();
            connection.fail(new CloseStatus(code.value(), e.violation().sentence()));
            connection.awaitCloseFrame();
            // Bytes that arrive on a closed socket reset the connection, and a reset may overtake the close frame.
            wire.endOutput();
            discard();
        }
    }

    private void discard() throws IOException {
        while (wire.read(input) >= 0) {
            input.clear();
        }
    }

    /** Reads, and counts the time it takes towards the read timeout. */
    private int fill() throws IOException {
        if (timeout.isEmpty()) {
            return wire.read(input);
        }
        long start = System.nanoTime();
        watchdog.set(Math.max(0, patience));
        int count = wire.read(input);
        watchdog.lift();
        patience -= System.nanoTime() - start;
        return count;
    }

    /** On the timer's thread, which must not wait until a close frame is written. */
    private void timedOut() {
        CloseStatus status = new CloseStatus(CloseCode.GOING_AWAY.value(), "read timeout");
        Thread.ofVirtual().name("wstck-read-timeout").start(() -> connection.beginClose(status));
    }
}
