package io.wstck.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.server.wire.Transport.Interest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Tests reads through real sockets: what arrives while a thread waits, and the two ends of the input. */
class TcpTransportTest extends ConnectedTransport {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void bytesOfSeveralWaitsComeInTheirOrder() throws Exception {
        for (int round = 0; round < 100; round++) {
            byte[] sent = message(round);
            Thread sender = Thread.ofVirtual().start(() -> send(sent));
            assertThat(received(sent.length)).as("round %d", round).isEqualTo(sent);
            sender.join();
        }
    }

    /** The sizes are around the most bytes that are read early, and far above. */
    private static byte[] message(int round) {
        byte[] bytes = new byte[1 + round % 7 * 1_365 + (round % 10 == 9 ? 300_000 : 0)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (round * 31 + i % 251);
        }
        return bytes;
    }

    private void send(byte[] bytes) {
        try {
            peer.getOutputStream().write(bytes);
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    private byte[] received(int count) throws IOException, InterruptedException {
        ByteBuffer all = ByteBuffer.allocate(count);
        Deadline limit = Deadline.in(LIMIT);
        while (all.hasRemaining() && !limit.hasPassed()) {
            if (transport.read(all) == 0) {
                transport.await(Interest.READING, limit);
            }
        }
        return Arrays.copyOf(all.array(), all.position());
    }

    @Test
    void aWaitThatDoesNotReadLeavesTheBytesInTheSocket() throws Exception {
        // The socket is empty, so this wait resumes reads. The bytes come when nothing is wanted.
        assertThat(transport.read(ByteBuffer.allocate(1))).isZero();
        transport.await(Interest.READING, Deadline.in(Duration.ofMillis(1)));
        peer.getOutputStream().write(new byte[64 << 10]);
        transport.await(Interest.NOTHING, Deadline.in(Duration.ofMillis(20)));
        // One read gets more than the I/O thread would have read.
        ByteBuffer all = ByteBuffer.allocate(64 << 10);
        while (all.position() == 0) {
            var _ = transport.read(all);
        }
        assertThat(all.position()).isGreaterThan(4 << 10);
    }

    @Test
    void finIsReportedAgainAndAgain() throws Exception {
        peer.getOutputStream().write("last".getBytes(StandardCharsets.UTF_8));
        peer.shutdownOutput();
        assertThat(new String(received(4), StandardCharsets.UTF_8)).isEqualTo("last");
        for (int i = 0; i < 3; i++) {
            assertThat(nextRead()).isEqualTo(-1);
        }
    }

    @Test
    void rstIsReportedToTheThreadThatWaits() throws Exception {
        Thread closer = Thread.ofVirtual().start(this::reset);
        assertThatThrownBy(this::nextRead).isInstanceOf(IOException.class).hasMessageContaining("reset");
        closer.join();
    }

    private void reset() {
        try {
            peer.setSoLinger(true, 0);
            peer.close();
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    private int nextRead() throws IOException, InterruptedException {
        ByteBuffer into = ByteBuffer.allocate(10);
        Deadline limit = Deadline.in(LIMIT);
        int count = transport.read(into);
        while (count == 0 && !limit.hasPassed()) {
            transport.await(Interest.READING, limit);
            count = transport.read(into);
        }
        return count;
    }
}
