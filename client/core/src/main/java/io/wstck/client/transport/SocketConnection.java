package io.wstck.client.transport;

import com.softwaremill.jox.Source;
import io.wstck.client.CloseCode;
import io.wstck.client.CloseStatus;
import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.ConnectionState;
import io.wstck.client.Message;
import io.wstck.client.MessageBatch;
import io.wstck.client.WebSocketException;
import io.wstck.client.protocol.ClientConnectionProtocol;
import io.wstck.client.protocol.ClosePayload;
import io.wstck.client.protocol.Opcode;
import io.wstck.client.protocol.ProtocolEvent;
import io.wstck.client.protocol.Utf8Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Implements {@link Connection} over a socket after the opening handshake. It serves the calls of its users, runs the
 * reader thread, and ends the connection. While the sink of messages is not ready, the reader does not read, so later
 * frames wait.
 */
final class SocketConnection implements Connection, OpenResources.OpenResource {
    private static final byte[] NO_PAYLOAD = {};
    private static final int MAX_READ_BUFFER = 64 * 1024;
    private static final int READ_BUFFER_GROWTH = 8;

    private final SocketStreams streams;
    private final ClientConnectionProtocol protocol;
    private final FrameSender sender;
    private final MessageSink messages;
    private final Optional<String> subprotocol;
    /** Replaced by a larger one while it is too small for what arrives. Used only by the reader. */
    private ByteBuffer input;

    private final OpenResources openResources;
    private final Duration closeTimeout;
    private final DeadlineTimer timer;
    /** Drops TCP when the closing handshake, or the end after a failed write, takes too long. */
    private final Watchdog closeWatchdog;

    private final Optional<Duration> readTimeout;
    private final Watchdog readWatchdog;
    /** Remaining nanoseconds of reading until the read timeout. Used only by the reader. */
    private long readTimeLeft;

    /** Released at the end of the connection, or when the close timeout has passed while a handler runs. */
    private final CountDownLatch terminated = new CountDownLatch(1);

    /** The thread that has opened the connection and then reads it. */
    private final Thread reader = Thread.currentThread();

    /**
     * Called by the thread that then calls {@link #read}.
     *
     * @param input the read buffer; holds the bytes that were read after the opening handshake
     * @param messages receives the messages
     */
    SocketConnection(
            SocketStreams streams,
            ByteBuffer input,
            ClientConnectionProtocol protocol,
            Optional<String> subprotocol,
            MessageSink messages,
            ConnectOptions options,
            Duration closeTimeout,
            DeadlineTimer timer,
            OpenResources openResources) {
        this.streams = streams;
        this.input = input;
        this.protocol = protocol;
        this.subprotocol = subprotocol;
        this.openResources = openResources;
        this.closeTimeout = closeTimeout;
        this.timer = timer;
        this.messages = messages;
        closeWatchdog = new Watchdog(timer, this::closeTimedOut);
        readTimeout = options.readTimeout();
        readWatchdog = new Watchdog(timer, this::readTimedOut);
        readTimeLeft = readTimeout.map(Duration::toNanos).orElse(0L);
        sender = new FrameSender(
                streams,
                protocol,
                options.writeTimeout(),
                timer,
                // A message that the peer is still reading must not be cut by the close behind it.
                () -> closeWatchdog.extend(closeTimeout.toNanos()),
                // The reader first delivers what the peer sent before. The watchdog bounds that time.
                () -> closeWatchdog.setOnce(closeTimeout.toNanos()));
    }

    @Override
    public void send(String text) throws WebSocketException {
        write(Opcode.TEXT, Utf8Text.encode(text, "text message"));
    }

    @Override
    public void sendText(byte[] utf8) throws WebSocketException {
        write(Opcode.TEXT, Utf8Text.check(utf8, "text message"));
    }

    @Override
    public void sendBinary(byte[] data) throws WebSocketException {
        write(Opcode.BINARY, data);
    }

    @Override
    public MessageBatch batch() {
        return new SocketBatch(this::write);
    }

    @Override
    public void ping() throws WebSocketException {
        write(Opcode.PING, NO_PAYLOAD);
    }

    @Override
    public void ping(byte[] payload) throws WebSocketException {
        write(Opcode.PING, ClientConnectionProtocol.checkPingPayload(payload));
    }

    @Override
    public void close() throws WebSocketException {
        close(CloseCode.NORMAL.value(), "");
    }

    @Override
    public void close(int code, String reason) throws WebSocketException {
        beginClose(ClosePayload.check(code, reason));
        if (Thread.currentThread() == reader) {
            // Only this thread can read the peer's close frame, after the program's code has returned.
            return;
        }
        try {
            terminated.await();
        } catch (InterruptedException e) {
            streams.close();
            Thread.currentThread().interrupt();
            throw WebSocketException.lost(
                    "close: interrupted while waiting for the peer; the connection is dropped", e);
        }
    }

    @Override
    public Source<Message> messages() {
        return messages.channel();
    }

    @Override
    public Optional<String> subprotocol() {
        return subprotocol;
    }

    @Override
    public ConnectionState state() {
        return protocol.state();
    }

    @Override
    public Optional<CloseStatus> remoteClose() {
        return protocol.remoteClose();
    }

    @Override
    public void release() {
        beginClose(new CloseStatus(CloseCode.GOING_AWAY.value(), ""));
        try {
            terminated.await();
        } catch (InterruptedException e) {
            streams.close();
            Thread.currentThread().interrupt();
        }
    }

    /** Reads from the first frame to the end of TCP. Called once, by the thread that has made this object. */
    void read() {
        try {
            receive();
        } catch (IOException e) {
            // §7.1.5: TCP ended without a close frame, or this side dropped it. The closed channel tells the user.
            return;
        } catch (InterruptedException e) {
            // The owner of the thread has interrupted it. The interrupt status stays set, and the connection ends.
            Thread.currentThread().interrupt();
        } finally {
            terminate();
        }
    }

    private void receive() throws IOException, InterruptedException {
        while (true) {
            switch (protocol.receive(input)) {
                case ProtocolEvent.NeedData.NEED_DATA -> {
                    if (fill() < 0) {
                        return;
                    }
                }
                case ProtocolEvent.MessageReceived(var message) -> {
                    messages.deliver(this, message);
                    readTimeLeft = readTimeout.map(Duration::toNanos).orElse(0L);
                }
                case ProtocolEvent.PingReceived _ -> sender.schedulePongs();
                case ProtocolEvent.PongReceived _ -> {}
                case ProtocolEvent.CloseReceived _ -> {
                    writeClose();
                    // §7.1.1: the server ends TCP first.
                    discardInput();
                    streams.endOutput();
                    return;
                }
                case ProtocolEvent.ConnectionFailed _ -> {
                    writeClose();
                    // Bytes that arrive on a closed socket reset the connection, and a reset may overtake the close
                    // frame.
                    streams.endOutput();
                    discardInput();
                    return;
                }
            }
        }
    }

    /** Reads, and counts the time it takes towards the read timeout. */
    private int fill() throws IOException {
        if (input.limit() == input.capacity() && input.capacity() < MAX_READ_BUFFER) {
            // The last read has filled the buffer, so there was perhaps more. All of its bytes are taken.
            input = ByteBuffer.allocate(Math.min(READ_BUFFER_GROWTH * input.capacity(), MAX_READ_BUFFER));
        }
        if (readTimeout.isEmpty()) {
            return streams.read(input);
        }
        long start = timer.now();
        readWatchdog.set(start + readTimeLeft);
        int count = streams.read(input);
        readWatchdog.lift();
        readTimeLeft -= timer.now() - start;
        return count;
    }

    private void discardInput() throws IOException {
        while (streams.read(input) >= 0) {
            input.clear();
        }
    }

    /** Runs on the timer's thread, which must not block. So another thread writes the close frame. */
    private void readTimedOut() {
        CloseStatus status = new CloseStatus(CloseCode.GOING_AWAY.value(), "read timeout");
        Thread.ofVirtual().name("wstck-read-timeout").start(() -> beginClose(status));
    }

    /** Runs on the timer's thread, which must not block. The end of TCP ends the reader, but not the program's code. */
    private void closeTimedOut() {
        streams.close();
        if (messages.abandon()) {
            terminated.countDown();
        }
    }

    /**
     * Starts the closing handshake unless it has started; returns when the close frame is written or cannot be written.
     */
    private void beginClose(CloseStatus status) {
        if (!protocol.startClose(status)) {
            return;
        }
        try {
            writeClose();
        } catch (IOException e) {
            // The connection is ending anyway: the reader sees the closed socket and terminates.
            streams.close();
        }
    }

    /**
     * Writes this side's close frame. When both sides close at once, the closing thread and the reader both call it. So
     * the reader does not end the connection before the close frame is written.
     */
    private void writeClose() throws IOException {
        // First, because it releases a reader that waits for room in the channel.
        messages.end();
        closeWatchdog.setOnce(closeTimeout.toNanos());
        sender.writeClose();
    }

    /** Releases everything at the end of the connection. Called by the reader. */
    private void terminate() {
        readWatchdog.close();
        protocol.tcpEnded();
        messages.end();
        streams.close();
        sender.close();
        closeWatchdog.close();
        openResources.remove(this);
        terminated.countDown();
    }

    private void write(Opcode opcode, byte[] payload) throws WebSocketException {
        checkOpen();
        try {
            sender.send(new OutgoingFrame(opcode, payload));
        } catch (IOException e) {
            throw WebSocketException.lost(
                    "connection is closed: " + opcode + " frame not written: " + e.getMessage(), e);
        }
    }

    private void write(List<OutgoingFrame> frames) throws WebSocketException {
        checkOpen();
        try {
            sender.sendAll(frames);
        } catch (IOException e) {
            throw WebSocketException.lost(
                    "connection is closed: a batch of " + frames.size() + " messages was not written whole: "
                            + e.getMessage(),
                    e);
        }
    }

    private void checkOpen() throws WebSocketException {
        ConnectionState state = protocol.state();
        if (state != ConnectionState.OPEN) {
            throw WebSocketException.closed("connection is closed: expected state OPEN, got " + state);
        }
    }
}
