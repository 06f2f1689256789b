package io.wstck.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.FakeTransport;
import io.wstck.server.wire.PeerEnd;
import io.wstck.server.wire.SocketErrors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests reading while writing, and the end of TCP, on a simulated transport. */
class ServerConnectionTest {
    private static final WriteLimits PATIENT = WriteLimits.anySize(Duration.ofSeconds(30), Deadline::never);

    /** Takes bytes and records each call. It takes none while it is idle. */
    private static final class RecordingReceiver implements Receiver {
        private final List<String> told = new ArrayList<>();
        private boolean idle;

        @Override
        public void take(ByteBuffer in) {
            if (!idle) {
                takeAll(in);
            }
        }

        @Override
        public void takeAll(ByteBuffer in) {
            told.add("took " + in.remaining());
            in.position(in.limit());
        }

        @Override
        public void clientEnded(PeerEnd how) {
            told.add(how.name());
        }

        @Override
        public void countRead(int bytes) {}
    }

    /** A client that writes {@code left} bytes and ends TCP. It reads only after it has written them. */
    private static class WritingClient extends FakeTransport {
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private int left;

        WritingClient(int left) {
            this.left = left;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            int count = Math.min(left, into.remaining());
            into.position(into.position() + count);
            left -= count;
            return count == 0 ? -1 : count;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            int count = left > 0 ? 0 : from.remaining();
            byte[] bytes = new byte[count];
            from.get(bytes);
            received.writeBytes(bytes);
            return count;
        }
    }

    private final RecordingReceiver notes = new RecordingReceiver();

    private ServerConnection connection(FakeTransport transport) {
        return new ServerConnection(transport, notes, new ClosingHandshake());
    }

    @Test
    void aWriteThatWaitsReadsWhatTheClientHasToWriteFirst() throws Exception {
        WritingClient client = new WritingClient(1_000);
        ServerConnection connection = connection(client);
        assertThat(connection.write(ByteBuffer.wrap(new byte[100_000]), PATIENT))
                .isEqualTo(WriteResult.DONE);
        assertThat(connection.flush(PATIENT)).isEqualTo(WriteResult.DONE);
        assertThat(notes.told).containsExactly("took 1000", "FIN");
        assertThat(client.received.size()).isEqualTo(100_000);
    }

    @Test
    void aFailedWriteReportsTheResetAfterAllEarlierBytes() throws Exception {
        String reset = SocketErrors.ofThisSystem().afterReset().orElseThrow();
        ServerConnection connection = connection(new WritingClient(100_000) {
            @Override
            public int write(ByteBuffer from) throws IOException {
                throw new IOException(reset);
            }
        });
        connection.stopReading();
        var _ = connection.write(ByteBuffer.wrap(new byte[1]), PATIENT);
        assertThat(connection.flush(PATIENT)).isEqualTo(WriteResult.CLIENT_GONE);
        assertThat(notes.told).containsExactly("took 65536", "took 34464", "RST");
        assertThat(connection.clientEnd()).contains(PeerEnd.RST);
    }

    @Test
    void untakenBytesAreKeptAndAFullBufferIsTakenAtOnce() {
        notes.idle = true;
        ServerConnection connection = connection(new WritingClient(ServerConnection.BUFFER));
        connection.read();
        assertThat(notes.told).containsExactly("took " + ServerConnection.BUFFER, "FIN");
        assertThat(connection.unread()).isZero();
        ServerConnection few = connection(new WritingClient(10));
        few.read();
        assertThat(few.unread()).isEqualTo(10);
    }

    @Test
    void aWriteWaitsForTheClientAsLongAsItsLimitsSay() throws Exception {
        ServerConnection connection = connection(new FakeTransport() {
            @Override
            public int write(ByteBuffer from) {
                return 0;
            }
        });
        var _ = connection.write(ByteBuffer.wrap(new byte[1]), PATIENT);
        Deadline passed = Deadline.in(Duration.ZERO);
        assertThat(connection.flush(WriteLimits.anySize(Duration.ofSeconds(30), () -> passed)))
                .isEqualTo(WriteResult.LATE);
        var _ = connection.write(ByteBuffer.wrap(new byte[1]), PATIENT);
        assertThat(connection.flush(WriteLimits.anySize(Duration.ZERO, Deadline::never)))
                .isEqualTo(WriteResult.STALLED);
    }

    /** The machine stands still in the first wait. The client takes the bytes as soon as it runs again. */
    @Test
    void aPauseOfTheMachineIsNoStallOfTheClient() throws Exception {
        Duration stall = QuietTime.WAIT.plusMillis(50);
        ServerConnection connection = connection(new FakeTransport() {
            private int waits;

            @Override
            public int write(ByteBuffer from) throws IOException {
                return waits < 2 ? 0 : super.write(from);
            }

            @Override
            public void await(Interest interest, Deadline deadline) {
                waits++;
                Deadline paused = Deadline.in(stall.multipliedBy(2));
                while (waits == 1 && !paused.hasPassed()) {
                    Thread.onSpinWait();
                }
            }
        });
        var _ = connection.write(ByteBuffer.wrap(new byte[1]), PATIENT);
        assertThat(connection.flush(WriteLimits.anySize(stall, Deadline::never)))
                .isEqualTo(WriteResult.DONE);
    }
}
