package io.wstck.client.protocol;

import static io.wstck.client.protocol.ProtocolAssertions.assertViolates;
import static io.wstck.client.protocol.ProtocolAssertions.events;
import static io.wstck.client.protocol.ProtocolAssertions.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.Message;
import io.wstck.client.protocol.ProtocolEvent.MessageReceived;
import io.wstck.client.protocol.ProtocolEvent.PingReceived;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** RFC 6455 §5.4, Fragmentation, and the limits of §10.4 for an assembled message. */
class Section54FragmentationTest {
    @Test
    void fragmentsMakeOneMessage() throws Exception {
        assertThat(events("01 03 48 65 6c 80 02 6c 6f")).containsExactly(text("48656c6c6f"));
    }

    @Test
    void emptyFragmentsAreAccepted() throws Exception {
        assertThat(events("02 00 00 00 00 01 61 80 00"))
                .containsExactly(new MessageReceived(new Message.Binary(hex("61"))));
    }

    @Test
    void tenThousandFragmentsMakeOneMessage() throws Exception {
        assertThat(events("02 01 55" + "00 01 55".repeat(9_998) + "80 01 55"))
                .containsExactly(new MessageReceived(new Message.Binary(hex("55".repeat(10_000)))));
    }

    @Test
    void aControlFrameBetweenFragmentsComesFirst() throws Exception {
        assertThat(events("01 01 61 89 01 21 80 01 62"))
                .containsExactly(new PingReceived(ByteBuffer.wrap(hex("21"))), text("6162"));
    }

    @Test
    void aMessageAfterAFragmentedMessageIsIndependent() throws Exception {
        assertThat(events("01 01 61 80 01 62 81 01 63")).containsExactly(text("6162"), text("63"));
    }

    @Test
    void aContinuationWithoutAMessageIsRefused() {
        assertViolates(Violation.ORPHAN_CONTINUATION, "80 00");
        assertViolates(Violation.ORPHAN_CONTINUATION, "81 01 61 00 01");
        assertViolates(Violation.ORPHAN_CONTINUATION, "01 01 61 80 01 62 80 01");
    }

    @Test
    void aMessageInsideAFragmentedMessageIsRefused() {
        assertViolates(Violation.NESTED_MESSAGE, "01 01 61 81 01");
        assertViolates(Violation.NESTED_MESSAGE, "02 00 01 00");
    }

    @Test
    void aMessageOfExactlyTheLimitIsDelivered() throws Exception {
        assertThat(events(ProtocolHarness.withLimit(5), "81 05 48 65 6c 6c 6f")).containsExactly(text("48656c6c6f"));
        assertThat(events(ProtocolHarness.withLimit(5), "01 03 48 65 6c 00 02 6c 6f 80 00"))
                .containsExactly(text("48656c6c6f"));
    }

    @Test
    void oneByteMoreIsRefusedWithTheHeaderThatAnnouncesIt() {
        assertViolates(Violation.MESSAGE_TOO_BIG, 5, "81 06");
        assertViolates(Violation.MESSAGE_TOO_BIG, 5, "01 03 48 65 6c 00 02 6c 6f 80 01");
    }

    @Test
    void anAnnouncedLengthAloneCostsNoMemory() throws Exception {
        long before = allocated();
        for (int repeat = 0; repeat < 100; repeat++) {
            assertThat(events(ProtocolHarness.withLimit(128 * 1024 * 1024), "82 7f 00 00 00 00 08 00 00 00 01"))
                    .isEmpty();
        }
        assertThat(allocated() - before).isLessThan(128 * 1024 * 1024);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    private static ProtocolEvent text(String hex) {
        return new MessageReceived(new Message.Text(hex(hex)));
    }
}
