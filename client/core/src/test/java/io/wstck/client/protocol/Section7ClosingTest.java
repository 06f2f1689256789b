package io.wstck.client.protocol;

import static io.wstck.client.protocol.ProtocolAssertions.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.CloseStatus;
import io.wstck.client.ConnectionState;
import io.wstck.client.protocol.ProtocolEvent.CloseReceived;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §7.1, the closing handshake, and §5.5.1, Close: begun by either side, or by both. */
class Section7ClosingTest {
    private static final byte[] INCOMPRESSIBLE = new byte[200_000];

    static {
        new Random(7).nextBytes(INCOMPRESSIBLE);
    }

    @Test
    void theUsersCloseIsOneFrameAndNothingFollowsIt() {
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            harness.close(4001, "bye");
            assertThat(harness.protocol.state()).isEqualTo(ConnectionState.CLOSE_SENT);
            assertThat(harness.protocol.startClose(CloseStatus.NONE)).isFalse();

            assertThat(harness.frames()).containsExactly("88 0fa1627965");
            assertThat(harness.frames()).isEmpty();
            assertThat(harness.begin(Opcode.TEXT, hex("61"))).isFalse();
            assertThat(harness.begin(Opcode.PING, hex("61"))).isFalse();
            assertThat(harness.frames()).isEmpty();
        }
    }

    @Test
    void theCloseFrameIsWrittenOnlyAfterTheCallerBeginsIt() {
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            assertThat(harness.protocol.startClose(new CloseStatus(1000, ""))).isTrue();
            // A message that was sent before and has waited for the write lock.
            assertThat(harness.begin(Opcode.TEXT, hex("61"))).isTrue();
            assertThat(harness.framesWithoutClose()).containsExactly("81 61");
            assertThat(harness.frames()).containsExactly("88 03e8");
        }
    }

    @Test
    void aMessageBeingWrittenIsFinishedBeforeTheUsersCloseFrame() {
        try (ProtocolHarness harness = ProtocolHarness.compressing(ProtocolAssertions.LIMIT)) {
            harness.begin(Opcode.BINARY, INCOMPRESSIBLE);
            assertThat(harness.write(1000)).isFalse();
            harness.close(1000, "");

            List<WrittenFrame> frames = harness.wholeFrames();
            assertThat(frames.get(frames.size() - 2).firstByte()).isEqualTo(0x80);
            assertThat(frames.getLast()).hasToString("88 03e8");
            assertThat(harness.protocol.messageUnfinished()).isFalse();
        }
    }

    @Test
    void thePeersCloseAfterTheUsersIsNotAnswered() {
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            harness.close(1000, "");
            assertThat(harness.frames()).containsExactly("88 03e8");

            assertThat(harness.receive("88 05 03 e8 62 79 65"))
                    .containsExactly(new CloseReceived(new CloseStatus(1000, "bye")));
            assertThat(harness.protocol.state()).isEqualTo(ConnectionState.CLOSE_EXCHANGED);
            assertThat(harness.protocol.remoteClose()).contains(new CloseStatus(1000, "bye"));
            assertThat(harness.frames()).isEmpty();
        }
    }

    /** §5.5.1: the answer typically echoes the status code it received. */
    @ParameterizedTest
    @CsvSource({"88 02 03 e8, 88 03e8", "88 05 0f a0 62 79 65, 88 0fa0", "88 00, 88"})
    void thePeersCloseIsAnsweredOnceWithItsOwnCode(String frame, String answer) {
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            assertThat(harness.receive(frame)).singleElement().isInstanceOf(CloseReceived.class);
            assertThat(harness.protocol.state()).isEqualTo(ConnectionState.CLOSE_EXCHANGED);
            assertThat(harness.protocol.startClose(new CloseStatus(3000, ""))).isFalse();
            assertThat(harness.begin(Opcode.TEXT, hex("61"))).isFalse();

            assertThat(harness.frames()).containsExactly(answer);
            assertThat(harness.frames()).isEmpty();
        }
    }

    @Test
    void whenBothSidesCloseAtOnceEachSendsItsOwnFrame() {
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            harness.close(3001, "");
            assertThat(harness.receive("88 02 0b b8")).containsExactly(new CloseReceived(new CloseStatus(3000, "")));

            assertThat(harness.frames()).containsExactly("88 0bb9");
            assertThat(harness.protocol.state()).isEqualTo(ConnectionState.CLOSE_EXCHANGED);
            assertThat(harness.protocol.remoteClose()).contains(new CloseStatus(3000, ""));
            assertThat(harness.frames()).isEmpty();
        }
    }

    /** §5.5.1: data after the peer's close frame is discarded. */
    @Test
    void bytesAfterThePeersCloseFrameAreDropped() {
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            assertThat(harness.receive("81 01 61 88 00 81 01 62 89 00 ff")).hasSize(2);
            assertThat(harness.receive("81 01 63 88 02 03 e8")).isEmpty();
            assertThat(harness.protocol.remoteClose()).contains(CloseStatus.NONE);
            assertThat(harness.frames()).containsExactly("88");
        }
    }

    /** §5.5.2: a ping is answered unless the peer's close frame has arrived. */
    @Test
    void pingsAreAnsweredBetweenTheUsersCloseFrameAndThePeers() {
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            harness.close(1000, "");
            assertThat(harness.frames()).containsExactly("88 03e8");

            harness.receive("89 01 61");
            assertThat(harness.protocol.pongsDue()).isTrue();
            assertThat(harness.frames()).containsExactly("8a 61");
            harness.receive("89 01 62 88 02 03 e8 89 01 63");
            assertThat(harness.protocol.pongsDue()).isFalse();
            assertThat(harness.frames()).isEmpty();
        }
    }

    @Test
    void aPingBeforeThePeersCloseFrameIsAnsweredBeforeIt() {
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            harness.receive("89 01 61 88 02 03 e8");
            assertThat(harness.frames()).containsExactly("8a 61", "88 03e8");
        }
    }

    @Test
    void messagesArriveBetweenTheUsersCloseFrameAndThePeers() {
        try (ProtocolHarness harness = ProtocolHarness.plain()) {
            harness.close(1000, "");
            assertThat(harness.receive("81 01 61")).hasSize(1);
            assertThat(harness.frames()).containsExactly("88 03e8");
            assertThat(harness.receive("81 01 61")).hasSize(1);
        }
    }

    /** §5.5.1: the answer is sent as soon as practical. */
    @Test
    void aFragmentedMessageStopsBeforeItsNextFragmentWhenThePeerCloses() {
        try (ProtocolHarness harness = ProtocolHarness.compressing(ProtocolAssertions.LIMIT)) {
            harness.begin(Opcode.BINARY, INCOMPRESSIBLE);
            assertThat(harness.write(1000)).isFalse();
            harness.receive("88 02 03 e8");
            harness.protocol.beginClose();

            List<WrittenFrame> frames = harness.wholeFrames();
            assertThat(frames.stream().map(WrittenFrame::firstByte)).containsExactly(0x42, 0x88);
            assertThat(harness.protocol.messageUnfinished()).isTrue();
            assertThat(harness.begin(Opcode.TEXT, hex("61"))).isFalse();
        }
    }

    /** §7.1.4: the end of TCP closes the connection in every state. */
    @ParameterizedTest
    @ValueSource(strings = {"", "88 02 03 e8", "ff"})
    void afterTheEndOfTcpNothingIsReadOrWritten(String received) {
        ProtocolHarness harness = ProtocolHarness.plain();
        harness.receive("89 00" + received);
        harness.close();

        assertThat(harness.protocol.state()).isEqualTo(ConnectionState.CLOSED);
        assertThat(harness.protocol.startClose(CloseStatus.NONE)).isFalse();
        assertThat(harness.begin(Opcode.TEXT, hex("61"))).isFalse();
        assertThat(harness.protocol.pongsDue()).isFalse();
        assertThat(harness.frames()).isEmpty();
        assertThat(harness.receive("81 01 61")).isEmpty();
    }

    @Test
    void thePeersCloseStatusIsKeptAfterTheEndOfTcp() {
        ProtocolHarness harness = ProtocolHarness.plain();
        harness.receive("88 02 03 e9");
        harness.close();
        assertThat(harness.protocol.remoteClose()).contains(new CloseStatus(1001, ""));
    }
}
