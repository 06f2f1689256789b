package io.wstck.client.protocol;

import static io.wstck.client.protocol.ProtocolAssertions.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.ConnectionState;
import io.wstck.client.protocol.ProtocolEvent.PingReceived;
import io.wstck.client.protocol.ProtocolEvent.PongReceived;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §5, Data Framing: the frames that an open connection writes, and its answers to pings. */
class Section5SendingTest {
    private static final byte[] INCOMPRESSIBLE = new byte[200_000];

    static {
        new Random(5).nextBytes(INCOMPRESSIBLE);
    }

    @Test
    void aMessageOrAPingIsOneFrame() {
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            assertThat(harness.begin(Opcode.TEXT, hex("6162"))).isTrue();
            assertThat(harness.frames()).containsExactly("81 6162");
            assertThat(harness.begin(Opcode.BINARY, hex("ff"))).isTrue();
            assertThat(harness.frames()).containsExactly("82 ff");
            assertThat(harness.begin(Opcode.PING, hex(""))).isTrue();
            assertThat(harness.frames()).containsExactly("89");
            assertThat(harness.protocol.state()).isEqualTo(ConnectionState.OPEN);
        }
    }

    @Test
    void anIdleConnectionWritesNothing() {
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            assertThat(harness.frames()).isEmpty();
            assertThat(harness.receive("81 01 61 8a 01 62")).hasSize(2);
            assertThat(harness.protocol.pongsDue()).isFalse();
            assertThat(harness.frames()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 20, 125, 126, 1000, 65_536})
    void aMessageWrittenThroughABufferOfAnySizeIsTheSameFrame(int room) {
        byte[] message = new byte[3000];
        new Random(1).nextBytes(message);
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            harness.begin(Opcode.BINARY, message);
            boolean complete = harness.write(room);
            while (!complete) {
                complete = harness.write(room);
            }

            assertThat(harness.wholeFrames())
                    .singleElement()
                    .satisfies(frame -> assertThat(frame.payload()).isEqualTo(ByteBuffer.wrap(message)));
        }
    }

    /** §5.5.2, §5.5.3: a pong has the payload of its ping. */
    @Test
    void pingsAreAnsweredInTheirOrder() {
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            assertThat(harness.receive("89 01 61 89 00 8a 01 63"))
                    .containsExactly(
                            new PingReceived(ByteBuffer.wrap(hex("61"))),
                            new PingReceived(ByteBuffer.allocate(0)),
                            new PongReceived(ByteBuffer.wrap(hex("63"))));
            assertThat(harness.protocol.pongsDue()).isTrue();
            assertThat(harness.frames()).containsExactly("8a 61", "8a");
            assertThat(harness.protocol.pongsDue()).isFalse();
            assertThat(harness.frames()).isEmpty();
        }
    }

    @Test
    void aPongThatIsDueComesBeforeTheNextMessage() {
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            harness.receive("89 01 61");
            harness.begin(Opcode.TEXT, hex("62"));
            assertThat(harness.frames()).containsExactly("8a 61", "81 62");
        }
    }

    /** §5.5.3: an endpoint may answer only the most recent of several pings. */
    @Test
    void theOldestPingsAreNotAnsweredWhenThereAreTooMany() {
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            harness.receive(pings(0, ClientConnectionProtocol.MAX_PONGS + 3));

            List<String> expected = new ArrayList<>();
            for (int ping = 3; ping < ClientConnectionProtocol.MAX_PONGS + 3; ping++) {
                expected.add(String.format(Locale.ROOT, "8a %08x", ping));
            }
            assertThat(harness.frames()).isEqualTo(expected);
        }
    }

    @Test
    void aFloodOfPingsDoesNotKeepAMessageFromBeingWritten() {
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            harness.receive(pings(0, ClientConnectionProtocol.MAX_PONGS));
            harness.begin(Opcode.TEXT, hex("61"));
            // A frame fills the buffer, and the next ping arrives before it is written.
            for (int write = 0; write < 2 * ClientConnectionProtocol.MAX_PONGS; write++) {
                assertThat(harness.write(20)).isFalse();
                harness.receive("89 04 ff ff ff ff");
            }

            assertThat(harness.frames().indexOf("81 61")).isEqualTo(ClientConnectionProtocol.MAX_PONGS);
        }
    }

    /** §5.4: control frames may be injected in the middle of a fragmented message. */
    @Test
    void aPongComesBetweenTheFragmentsOfAMessage() {
        try (ProtocolHarness harness = ProtocolHarness.compressing(ProtocolAssertions.LIMIT)) {
            harness.begin(Opcode.BINARY, INCOMPRESSIBLE);
            assertThat(harness.write(1000)).isFalse();
            harness.receive("89 01 61");

            List<WrittenFrame> frames = harness.wholeFrames();
            assertThat(frames.stream().map(WrittenFrame::firstByte)).startsWith(0x42, 0x8A, 0x00);
            assertThat(frames.getLast().firstByte()).isEqualTo(0x80);
            assertThat(harness.protocol.messageUnfinished()).isFalse();
        }
    }

    private static byte[] pings(int from, int to) {
        ByteBuffer bytes = ByteBuffer.allocate((to - from) * 6);
        for (int ping = from; ping < to; ping++) {
            bytes.putShort((short) 0x8904).putInt(ping);
        }
        return bytes.array();
    }
}
