package io.wstck.client.transport;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.Source;
import io.wstck.client.CloseCode;
import io.wstck.client.CloseStatus;
import io.wstck.client.Connection;
import io.wstck.client.ConnectionState;
import io.wstck.client.Message;
import io.wstck.client.WebSocketException;
import io.wstck.client.protocol.ClosePayload;
import io.wstck.client.protocol.ClosingHandshake;
import io.wstck.client.protocol.ClosingHandshake.Duty;
import io.wstck.client.protocol.FrameWriter;
import io.wstck.client.protocol.MessageFramer;
import io.wstck.client.protocol.Opcode;
import io.wstck.client.protocol.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A connection over a socket: what its users, its reader and its deadlines may do to it, and how it ends. */
final class SocketConnection implements Connection, Registry.Entry {
    private static final int MAX_CONTROL_PAYLOAD = 125;
    private static final byte[] NO_PAYLOAD = {};

    private final Wire wire;
    private final FrameSender sender;
    private final Optional<String> subprotocol;
    private final Channel<Message> messages;
    private final Registry registry;
    private final ClosingHandshake closing = new ClosingHandshake();
    private final Duration closeTimeout;
    /** Drops TCP when the closing handshake, or the end after a failed write, takes too long. */
    private final Watchdog closeWatchdog;

    /** Open until this side's close frame is written, or is known not to be. */
    private final CountDownLatch closeWritten = new CountDownLatch(1);

    private final CountDownLatch terminated = new CountDownLatch(1);

    /** What a connection is made of; the builder hands over the wire. */
    record Parts(
            Wire wire,
            MessageFramer messages,
            FrameWriter frames,
            Optional<String> subprotocol,
            int channelCapacity,
            Optional<Duration> writeTimeout,
            Duration closeTimeout,
            Deadlines deadlines,
            Registry registry) {}

    SocketConnection(Parts parts) {
        wire = parts.wire();
        subprotocol = parts.subprotocol();
        messages = Channel.newBufferedChannel(parts.channelCapacity());
        registry = parts.registry();
        closeTimeout = parts.closeTimeout();
        closeWatchdog = new Watchdog(parts.deadlines(), wire::close);
        sender = new FrameSender(
                wire,
                parts.messages(),
                parts.frames(),
                parts.writeTimeout(),
                parts.deadlines(),
                // The reader sees the end by itself, after what the peer had sent before; but not for ever.
                () -> closeWatchdog.set(closeTimeout.toNanos()));
    }

    @Override
    public void send(String text) throws WebSocketException {
        write(Opcode.TEXT, Text.encode(text, "text message"));
    }

    @Override
    public void sendText(byte[] utf8) throws WebSocketException {
        write(Opcode.TEXT, Text.checked(utf8, "text message"));
    }

    @Override
    public void sendBinary(byte[] data) throws WebSocketException {
        write(Opcode.BINARY, data);
    }

    @Override
    public void ping() throws WebSocketException {
        write(Opcode.PING, NO_PAYLOAD);
    }

    @Override
    public void ping(byte[] payload) throws WebSocketException {
        if (payload.length > MAX_CONTROL_PAYLOAD) {
            throw WebSocketException.invalid("ping payload: expected at most " + MAX_CONTROL_PAYLOAD + " bytes, got "
                    + payload.length + " (RFC 6455 §5.5)");
        }
        write(Opcode.PING, payload);
    }

    @Override
    public void close() throws WebSocketException {
        close(CloseCode.NORMAL.value(), "");
    }

    @Override
    public void close(int code, String reason) throws WebSocketException {
        beginClose(ClosePayload.checked(code, reason));
        try {
            terminated.await();
        } catch (InterruptedException e) {
            wire.close();
            Thread.currentThread().interrupt();
            throw WebSocketException.lost(
                    "close: interrupted while waiting for the peer; the connection is dropped", e);
        }
    }

    @Override
    public Source<Message> messages() {
        return messages;
    }

    @Override
    public Optional<String> subprotocol() {
        return subprotocol;
    }

    @Override
    public ConnectionState state() {
        return closing.state();
    }

    @Override
    public Optional<CloseStatus> remoteClose() {
        return closing.remote();
    }

    @Override
    public void release() {
        beginClose(new CloseStatus(CloseCode.GOING_AWAY.value(), ""));
        try {
            terminated.await();
        } catch (InterruptedException e) {
            wire.close();
            Thread.currentThread().interrupt();
        }
    }

    /** Begins the closing handshake if nobody has; returns when the close frame is written or cannot be. */
    void beginClose(CloseStatus status) {
        try {
            closeWith(status);
        } catch (IOException e) {
            // What was wanted is the end, and this is one: the reader sees it too and terminates.
            wire.close();
        }
    }

    /** The same for the reader, which ends by itself when the close frame cannot be written (RFC 6455 §7.1.7). */
    void fail(CloseStatus status) throws IOException {
        sender.endSoon();
        closeWith(status);
    }

    private void closeWith(CloseStatus status) throws IOException {
        if (closing.closeLocally() == Duty.SEND_CLOSE_FRAME) {
            sendClose(status);
        }
    }

    /** The peer's close frame has come: it is answered with its own code, an empty one by an empty one (RFC 6455 §5.5.1). */
    void peerCloses(CloseStatus status) throws IOException {
        sender.endSoon();
        if (closing.closeReceived(status) == Duty.SEND_CLOSE_FRAME) {
            sendClose(new CloseStatus(status.code(), ""));
        }
    }

    /**
     * Waits until this side's close frame is on its way: when both sides close at once, the peer's end of TCP must not be taken as
     * the end while another thread is still about to write. Bounded by the close timeout.
     */
    void awaitCloseFrame() throws InterruptedException {
        closeWritten.await();
    }

    /** Delivers a message, and waits while the channel is full; once the channel is done the message is dropped. */
    void deliver(Message message) throws InterruptedException {
        messages.sendOrClosed(message);
    }

    void pong(ByteBuffer payload) {
        sender.pong(payload);
    }

    /** The end, by the reader: nothing is open or waiting afterwards. */
    void terminate() {
        closing.terminated();
        messages.doneOrClosed();
        wire.close();
        sender.close();
        closeWatchdog.close();
        registry.remove(this);
        terminated.countDown();
    }

    private void sendClose(CloseStatus status) throws IOException {
        // First, as it frees a reader that waits for room in the channel.
        messages.doneOrClosed();
        closeWatchdog.set(closeTimeout.toNanos());
        try {
            sender.send(Opcode.CLOSE, ClosePayload.encode(status));
        } finally {
            closeWritten.countDown();
        }
    }

    private void write(Opcode opcode, byte[] payload) throws WebSocketException {
        ConnectionState state = closing.state();
        if (state != ConnectionState.OPEN) {
            throw WebSocketException.closed("connection is closed: expected state OPEN, got " + state);
        }
        try {
            sender.send(opcode, payload);
        } catch (IOException e) {
            throw WebSocketException.lost(
                    "connection is closed: " + opcode + " frame not written: " + e.getMessage(), e);
        }
    }
}
