package io.wstck.client.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.CloseStatus;
import io.wstck.client.protocol.deflate.DeflateParameters;
import io.wstck.client.protocol.deflate.TakeoverMode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The protocol of one connection without a socket. Tests pass it bytes in hex and read the frames that it has written.
 */
final class ProtocolHarness implements AutoCloseable {
    final ClientConnectionProtocol protocol;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private ProtocolHarness(int readLimit, Optional<DeflateParameters> deflate) {
        protocol = new ClientConnectionProtocol(readLimit, deflate, 0, new SecureRandom());
    }

    static ProtocolHarness plain() {
        return withLimit(ProtocolAssertions.LIMIT);
    }

    static ProtocolHarness withLimit(int readLimit) {
        return new ProtocolHarness(readLimit, Optional.empty());
    }

    static ProtocolHarness withWindow(TakeoverMode server) {
        return new ProtocolHarness(
                ProtocolAssertions.LIMIT, Optional.of(new DeflateParameters(TakeoverMode.SLIDING, server)));
    }

    /** Compresses all messages. An incompressible message of more than 64 KiB becomes several frames. */
    static ProtocolHarness compressing(int readLimit) {
        return new ProtocolHarness(
                readLimit, Optional.of(new DeflateParameters(TakeoverMode.SLIDING, TakeoverMode.SLIDING)));
    }

    /** Receives all bytes in one read, and asserts that no byte is left over. */
    List<ProtocolEvent> receive(String hex) {
        return receive(ProtocolAssertions.hex(hex));
    }

    List<ProtocolEvent> receive(byte[] bytes) {
        return receive(ByteBuffer.wrap(bytes));
    }

    List<ProtocolEvent> receive(ByteBuffer in) {
        List<ProtocolEvent> events = new ArrayList<>();
        ProtocolEvent event = protocol.receive(in);
        while (event != ProtocolEvent.NeedData.NEED_DATA) {
            events.add(event);
            event = protocol.receive(in);
        }
        assertThat(in.hasRemaining()).as("bytes left over").isFalse();
        return events;
    }

    /** Begins a message or a ping without writing it. Returns whether the state allows it. */
    boolean begin(Opcode opcode, byte[] payload) {
        return protocol.begin(opcode, payload);
    }

    /** Closes as the user does, and begins the close frame. */
    void close(int code, String reason) {
        assertThat(protocol.startClose(new CloseStatus(code, reason))).isTrue();
        protocol.beginClose();
    }

    /** Writes into a buffer of that size, and returns whether everything is written. */
    boolean write(int room) {
        ByteBuffer out = ByteBuffer.allocate(room);
        boolean complete = protocol.write(out);
        written.write(out.array(), 0, out.position());
        return complete;
    }

    /**
     * Writes everything that is due, also the close frame. Returns the frames written since the last call, as in
     * {@code 81 6162}.
     */
    List<String> frames() {
        protocol.beginClose();
        return framesWithoutClose();
    }

    /** Returns the frames as {@link #frames} does, but does not begin the close frame. */
    List<String> framesWithoutClose() {
        return wholeFrames().stream().map(WrittenFrame::toString).toList();
    }

    List<WrittenFrame> wholeFrames() {
        boolean complete = write(4096);
        while (!complete) {
            complete = write(4096);
        }
        ByteBuffer bytes = ByteBuffer.wrap(written.toByteArray());
        written.reset();
        List<WrittenFrame> frames = new ArrayList<>();
        while (bytes.hasRemaining()) {
            frames.add(WrittenFrame.read(bytes));
        }
        return frames;
    }

    @Override
    public void close() {
        protocol.tcpEnded();
        protocol.endWriting();
    }
}
