package io.wstck.client.protocol;

import static io.wstck.client.ServerFrames.fragments;
import static io.wstck.client.Zlib.deflated;
import static io.wstck.client.protocol.ProtocolAssertions.events;
import static io.wstck.client.protocol.ProtocolAssertions.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.Message;
import io.wstck.client.protocol.ProtocolEvent.ConnectionFailed;
import io.wstck.client.protocol.ProtocolEvent.MessageReceived;
import io.wstck.client.protocol.ProtocolEvent.PingReceived;
import io.wstck.client.protocol.deflate.TakeoverMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7692 §6.2 and §7.2.2, Decompression, with the examples of §7.2.3 and with streams made by java.util.zip. */
class Rfc7692Section72InflatingTest {
    /** §7.2.3.1: "Hello" in one fixed block. */
    private static final String HELLO = "f2 48 cd c9 c9 07 00";

    private static final String HELLO_FRAME = "c1 07 " + HELLO;

    @ParameterizedTest
    @ValueSource(
            strings = {
                HELLO_FRAME, // §7.2.3.1
                "41 03 f2 48 cd 80 04 c9 c9 07 00", // §7.2.3.1, fragmented
                "c1 0b 00 05 00 fa ff 48 65 6c 6c 6f 00", // §7.2.3.3, no compression
                "c1 08 f3 48 cd c9 c9 07 00 00", // §7.2.3.4, BFINAL
                "c1 0d f2 48 05 00 00 00 ff ff ca c9 c9 07 00", // §7.2.3.5, two blocks
                "c1 07 f3 48 cd c9 c9 07 00", // BFINAL, and nothing after it
                "41 07 f3 48 cd c9 c9 07 00 80 01 00", // BFINAL at the end of a fragment
                "41 07 f3 48 cd c9 c9 07 00 00 00 80 01 00", // the same with an empty fragment
                "c1 0c f2 48 cd c9 c9 07 00 00 00 ff ff 00", // an empty block before the end
                "c1 0b 01 05 00 fa ff 48 65 6c 6c 6f 00", // stored, BFINAL
                "c1 10 01 01 00 fe ff 48 00 04 00 fb ff 65 6c 6c 6f 00", // two stored blocks, the first with BFINAL
                "41 00 00 00 80 07 " + HELLO, // empty fragments
            })
    void helloIsInflatedFromBlocksOfEveryKind(String frames) throws Exception {
        assertThat(inflated(frames)).containsExactly(text("Hello"));
    }

    @Test
    void theMiddleOfAMessageMayHaveAFinalBlock() throws Exception {
        assertThat(inflated("c1 0e f3 48 cd c9 c9 07 00 f2 48 cd c9 c9 07 00")).containsExactly(text("HelloHello"));
    }

    @Test
    void aMessageMayReferToAnEarlierMessage() throws Exception {
        // §7.2.3.2: sharing the window.
        assertThat(inflated(HELLO_FRAME + "c1 05 f2 00 11 00 00")).containsExactly(text("Hello"), text("Hello"));
    }

    @Test
    void theWindowIsKeptAfterAFinalBlock() throws Exception {
        assertThat(inflated("c1 08 f3 48 cd c9 c9 07 00 00 c1 05 f2 00 11 00 00"))
                .containsExactly(text("Hello"), text("Hello"));
    }

    @Test
    void anUncompressedMessageIsNotPartOfTheWindow() throws Exception {
        assertThat(inflated(HELLO_FRAME + "81 03 61 62 63 c1 05 f2 00 11 00 00"))
                .containsExactly(text("Hello"), text("abc"), text("Hello"));
    }

    @Test
    void withoutContextTakeoverTheWindowIsEmptyForEveryMessage() {
        assertViolates(Violation.NOT_DEFLATED, TakeoverMode.RESET, HELLO_FRAME + "c1 05 f2 00 11 00 00");
    }

    @Test
    void independentMessagesAreInflatedWithAndWithoutAWindow() throws Exception {
        for (TakeoverMode window : TakeoverMode.values()) {
            assertThat(events(ProtocolHarness.withWindow(window), HELLO_FRAME + HELLO_FRAME))
                    .containsExactly(text("Hello"), text("Hello"));
        }
    }

    @Test
    void anEmptyMessageIsAnEmptyBlock() throws Exception {
        // §7.2.3.6.
        assertThat(inflated("c1 01 00 c2 01 00 c1 02 02 00" + HELLO_FRAME))
                .containsExactly(
                        text(""), new MessageReceived(new Message.Binary(new byte[0])), text(""), text("Hello"));
    }

    @Test
    void controlFramesComeBetweenTheFragmentsOfACompressedMessage() throws Exception {
        assertThat(inflated("41 03 f2 48 cd 89 01 21 80 04 c9 c9 07 00"))
                .containsExactly(new PingReceived(ByteBuffer.wrap(hex("21"))), text("Hello"));
    }

    @ParameterizedTest
    @EnumSource(TakeoverMode.class)
    void outputOfZlibIsInflatedAlsoFromFragmentsOfOneByte(TakeoverMode window) throws Exception {
        Random random = new Random(7);
        try (ProtocolHarness harness = ProtocolHarness.withWindow(window)) {
            Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
            for (int round = 0; round < 200; round++) {
                byte[] message = prose(random, random.nextInt(3000));
                deflater.setStrategy(round % 3 == 0 ? Deflater.HUFFMAN_ONLY : Deflater.DEFAULT_STRATEGY);
                deflater.setLevel(round % 7 == 0 ? Deflater.NO_COMPRESSION : Deflater.DEFAULT_COMPRESSION);
                byte[] compressed = deflated(deflater, message);
                int size = round % 2 == 0 ? 1 : 1 + random.nextInt(100);
                assertThat(harness.receive(fragments(0x42, compressed, size)))
                        .containsExactly(new MessageReceived(new Message.Binary(message)));
                if (window == TakeoverMode.RESET) {
                    deflater.reset();
                }
            }
            deflater.end();
        }
    }

    @Test
    void bytesThatArriveOneByOneMakeTheSameMessages() throws Exception {
        ProtocolHarness harness = ProtocolHarness.withWindow(TakeoverMode.SLIDING);
        List<ProtocolEvent> cut = new ArrayList<>();
        for (byte single : hex(HELLO_FRAME + "41 03 f2 00 11 89 00 80 02 00 00")) {
            cut.addAll(harness.receive(new byte[] {single}));
        }

        assertThat(cut).containsExactly(text("Hello"), new PingReceived(ByteBuffer.wrap(new byte[0])), text("Hello"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"40", "c0", "c9", "ca", "c8", "49"})
    void rsv1OnAControlFrameOrAContinuationIsRefusedWithTheFirstByte(String firstByte) {
        assertViolates(Violation.COMPRESSED_BIT, TakeoverMode.SLIDING, firstByte);
        assertViolates(Violation.COMPRESSED_BIT, TakeoverMode.SLIDING, "41 03 f2 48 cd " + firstByte);
    }

    @ParameterizedTest
    @ValueSource(strings = {"e1", "d1", "f1", "a1", "91", "b2", "f2"})
    void otherReservedBitsStayReserved(String firstByte) {
        assertViolates(Violation.RESERVED_BITS, TakeoverMode.SLIDING, firstByte);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c1 01 ff", // reserved block type
                "c1 06 00 05 00 05 00 48", // stored, lengths that do not match
                "c1 04 12 34 56 78", // rubbish
                "c1 05 f2 00 11 00 00", // further back than there is anything
                "c1 08 f3 48 cd c9 c9 07 00 ff", // rubbish after a final block
                "c1 00", // nothing at all, not even an empty block
                "c1 0b " + HELLO + " 00 00 ff ff" // the four octets were not removed
            })
    void anInvalidDeflateStreamIsRefused(String frame) {
        assertViolates(Violation.NOT_DEFLATED, TakeoverMode.SLIDING, frame);
        assertViolates(Violation.NOT_DEFLATED, TakeoverMode.RESET, frame);
    }

    @ParameterizedTest
    @ValueSource(ints = {Deflater.DEFAULT_STRATEGY, Deflater.HUFFMAN_ONLY, -1})
    void aMessageThatIsCutAnywhereIsRefused(int strategy) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        if (strategy < 0) {
            deflater.setLevel(Deflater.NO_COMPRESSION);
        } else {
            deflater.setStrategy(strategy);
        }
        for (int round = 0; round < 5; round++) {
            deflater.reset();
            byte[] whole = deflated(deflater, prose(new Random(round), 10 + 300 * round));
            // The first byte of a stored block, without its length, is a message: the empty message.
            for (int length = whole[0] == 0 ? 2 : 0; length < whole.length; length++) {
                byte[] frame = fragments(0x42, Arrays.copyOf(whole, length), Math.max(1, length));
                try (ProtocolHarness harness = ProtocolHarness.withWindow(TakeoverMode.SLIDING)) {
                    assertThat(harness.receive(frame))
                            .as("round %d cut to %d of %d", round, length, whole.length)
                            .singleElement()
                            .isInstanceOfSatisfying(
                                    ConnectionFailed.class,
                                    failed -> assertThat(failed.violation()).isEqualTo(Violation.NOT_DEFLATED));
                }
            }
        }
        deflater.end();
    }

    @Test
    void textThatIsNoUtf8IsRefusedBeforeItsFrameIsComplete() {
        // "Hello\xff", then any bytes of the same fixed block.
        byte[] compressed = deflated(new byte[] {'H', 'e', (byte) 0xFF, 'l', 'o'}, Deflater.NO_COMPRESSION);
        byte[] announced = new byte[] {(byte) 0xC1, 100};
        byte[] frame = new byte[2 + compressed.length];
        System.arraycopy(announced, 0, frame, 0, 2);
        System.arraycopy(compressed, 0, frame, 2, compressed.length);

        assertFails(Violation.TEXT_NOT_UTF8, ProtocolHarness.withWindow(TakeoverMode.SLIDING), frame);
    }

    @Test
    void textThatEndsInsideACharacterIsRefused() {
        byte[] compressed = deflated(new byte[] {'H', (byte) 0xC3}, Deflater.DEFAULT_COMPRESSION);

        assertFails(
                Violation.TEXT_NOT_UTF8,
                ProtocolHarness.withWindow(TakeoverMode.SLIDING),
                fragments(0x41, compressed, compressed.length));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 63, 64, 65, 512, 513, 100_000})
    void aMessageOfExactlyTheLimitIsInflatedAndOneByteMoreIsNot(int limit) throws Exception {
        byte[] within = new byte[limit];
        byte[] compressed = deflated(within, Deflater.DEFAULT_COMPRESSION);
        assertThat(ProtocolHarness.compressing(limit).receive(fragments(0x42, compressed, compressed.length)))
                .containsExactly(new MessageReceived(new Message.Binary(within)));

        byte[] over = deflated(new byte[limit + 1], Deflater.DEFAULT_COMPRESSION);
        assertFails(Violation.MESSAGE_TOO_BIG, ProtocolHarness.compressing(limit), fragments(0x42, over, over.length));
    }

    @Test
    void aCompressedMessageMayBeLongerOnTheWireThanTheLimit() throws Exception {
        byte[] stored = deflated("Hello".getBytes(UTF_8), Deflater.NO_COMPRESSION);
        assertThat(stored).hasSizeGreaterThan(5);

        assertThat(ProtocolHarness.compressing(5).receive(fragments(0x41, stored, stored.length)))
                .containsExactly(text("Hello"));
    }

    @Test
    void aCompressionBombIsRefusedWithoutInflatingMoreThanTheLimit() {
        byte[] bomb = deflated(new byte[200_000_000], Deflater.BEST_COMPRESSION);
        byte[] frame = fragments(0x42, bomb, bomb.length);
        ProtocolHarness harness = ProtocolHarness.compressing(1_000_000);
        long before = allocated();
        assertFails(Violation.MESSAGE_TOO_BIG, harness, frame);

        // All arrays that were allocated, also smaller ones that were replaced.
        assertThat(allocated() - before).isLessThan(4_000_000);
    }

    @Test
    void theLimitAppliesToTheSumOfAllFragments() {
        byte[] compressed = deflated(new byte[1000], Deflater.NO_COMPRESSION);

        assertFails(Violation.MESSAGE_TOO_BIG, ProtocolHarness.compressing(999), fragments(0x42, compressed, 10));
    }

    @Test
    void nothingIsInflatedAfterClose() throws Exception {
        ProtocolHarness harness = ProtocolHarness.withWindow(TakeoverMode.SLIDING);
        assertThat(harness.receive(HELLO_FRAME)).hasSize(1);
        harness.close();
        harness.close();

        assertThat(harness.receive(HELLO_FRAME)).isEmpty();
    }

    private static List<ProtocolEvent> inflated(String frames) {
        return events(ProtocolHarness.withWindow(TakeoverMode.SLIDING), frames);
    }

    private static void assertViolates(Violation expected, TakeoverMode server, String frames) {
        assertFails(expected, ProtocolHarness.withWindow(server), hex(frames));
    }

    /** Bytes may follow the violation. */
    private static void assertFails(Violation expected, ProtocolHarness harness, byte[] frames) {
        try (harness) {
            assertThat(harness.receive(frames).getLast()).isInstanceOfSatisfying(ConnectionFailed.class, failed -> {
                assertThat(failed.violation()).isEqualTo(expected);
                assertThat(failed.detail()).contains(expected.section());
            });
        }
    }

    private static byte[] prose(Random random, int length) {
        StringBuilder text = new StringBuilder();
        String[] words = {"frame", "opcode", "mask", "window ", "fragment", " close ", "ping", "\u00e9t\u00e9 "};
        while (text.length() < length) {
            text.append(words[random.nextInt(words.length)]).append((char) (32 + random.nextInt(90)));
        }
        return text.toString().getBytes(UTF_8);
    }

    private static ProtocolEvent text(String text) {
        return new MessageReceived(new Message.Text(text.getBytes(UTF_8)));
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }
}
