package io.wstck.client.protocol;

import static io.wstck.client.Zlib.inflated;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.client.protocol.deflate.DeflateParameters;
import io.wstck.client.protocol.deflate.MessageDeflater;
import io.wstck.client.protocol.deflate.TakeoverMode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7692 §6.1 and §7.2.1, Compression, checked with java.util.zip. */
class Rfc7692Section72DeflatingTest {
    /** The frames of one message: the first byte of each, and all payloads joined. */
    private record WrittenMessage(List<Integer> firstBytes, List<Integer> lengths, ByteArrayOutputStream payloads) {
        byte[] payload() {
            return payloads.toByteArray();
        }
    }

    @Test
    void withoutNegotiationNothingIsCompressed() {
        try (MessageFramer framer = new MessageFramer(Optional.empty(), 0)) {
            assertPlain(framer, Opcode.TEXT, 0x81, new byte[0]);
            assertPlain(framer, Opcode.BINARY, 0x82, new byte[200_000]);
        }
    }

    @Test
    void onlyMessagesAsLongAsTheThresholdAreCompressed() throws Exception {
        try (MessageFramer framer = framer(TakeoverMode.RESET, 100)) {
            assertPlain(framer, Opcode.TEXT, 0x81, new byte[99]);
            for (int length : new int[] {100, 101, 5000}) {
                WrittenMessage written = write(framer, Opcode.TEXT, new byte[length]);
                assertThat(written.firstBytes()).containsExactly(0xC1);
                assertThat(inflated(written.payload())).isEqualTo(new byte[length]);
            }
            assertThat(write(framer, Opcode.BINARY, new byte[100]).firstBytes()).containsExactly(0xC2);
        }
    }

    @Test
    void controlFramesAreNeverCompressed() {
        try (MessageFramer framer = framer(TakeoverMode.SLIDING, 0)) {
            assertPlain(framer, Opcode.PING, 0x89, new byte[125]);
            assertPlain(framer, Opcode.PONG, 0x8A, new byte[125]);
            assertPlain(framer, Opcode.CLOSE, 0x88, new byte[] {3, -24});
        }
    }

    @ParameterizedTest
    @EnumSource(TakeoverMode.class)
    void anEmptyMessageIsAlwaysOneEmptyBlock(TakeoverMode window) throws Exception {
        // §7.2.3.6.
        try (MessageFramer framer = framer(window, 0)) {
            for (int round = 0; round < 3; round++) {
                WrittenMessage empty = write(framer, Opcode.TEXT, new byte[0]);
                assertThat(empty.firstBytes()).containsExactly(0xC1);
                assertThat(empty.payload()).containsExactly(0);
                write(framer, Opcode.TEXT, "Hello".getBytes(UTF_8));
            }
        }
    }

    @Test
    void aWindowThatSlidesMakesARepeatedMessageShortAndDependent() throws Exception {
        byte[] message = random(1000);
        try (MessageFramer framer = framer(TakeoverMode.SLIDING, 0)) {
            WrittenMessage first = write(framer, Opcode.BINARY, message);
            WrittenMessage second = write(framer, Opcode.BINARY, message);

            assertThat(second.payload()).hasSizeLessThan(first.payload().length / 10);
            assertThatThrownBy(() -> inflated(second.payload())).isInstanceOf(DataFormatException.class);
            Inflater inflater = new Inflater(true);
            assertThat(inflated(inflater, first.payload())).isEqualTo(message);
            assertThat(inflated(inflater, second.payload())).isEqualTo(message);
            inflater.end();
        }
    }

    @Test
    void aWindowThatIsResetMakesEveryMessageInflateOnItsOwn() throws Exception {
        byte[] message = random(1000);
        try (MessageFramer framer = framer(TakeoverMode.RESET, 0)) {
            for (int round = 0; round < 3; round++) {
                assertThat(inflated(write(framer, Opcode.BINARY, message).payload()))
                        .isEqualTo(message);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TakeoverMode.class)
    void aLargeMessageIsSentInFragmentsOfBoundedSize(TakeoverMode window) throws Exception {
        byte[] message = random(1_000_000);
        try (MessageFramer framer = framer(window, 0)) {
            Inflater inflater = new Inflater(true);
            for (int round = 0; round < 3; round++) {
                WrittenMessage written = write(framer, Opcode.BINARY, message);
                assertThat(written.firstBytes()).hasSizeGreaterThan(10);
                assertThat(written.firstBytes().getFirst()).isEqualTo(0x42);
                assertThat(written.firstBytes().getLast()).isEqualTo(0x80);
                assertThat(written.firstBytes().subList(1, written.firstBytes().size() - 1))
                        .containsOnly(0);
                assertThat(written.lengths()).allMatch(length -> length <= 64 * 1024);
                assertThat(inflated(inflater, written.payload())).isEqualTo(message);
            }
            inflater.end();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 4096, 65_536, 131_072})
    void everyLengthAroundTheSizeOfABufferIsDeflatedWhole(int size) throws Exception {
        byte[] bytes = random(size + 40);
        try (MessageFramer framer = framer(TakeoverMode.SLIDING, 0)) {
            Inflater inflater = new Inflater(true);
            for (int length = size - 60; length < size + 40; length++) {
                byte[] message = Arrays.copyOf(bytes, length);
                message[0] = (byte) length;
                WrittenMessage written = write(framer, Opcode.BINARY, message);
                assertThat(inflated(inflater, written.payload())).isEqualTo(message);
            }
            inflater.end();
        }
    }

    @Test
    void aMessageIsReleasedWhenItIsWritten() throws Exception {
        try (MessageFramer framer = framer(TakeoverMode.SLIDING, 0)) {
            java.lang.ref.WeakReference<byte[]> message = new java.lang.ref.WeakReference<>(new byte[1_000_000]);
            write(framer, Opcode.BINARY, message.get());
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (message.get() != null && System.nanoTime() < deadline) {
                System.gc();
            }
            assertThat(message.get()).isNull();
            assertThat(framer.hasNext()).isFalse();
        }
    }

    @Test
    void nothingIsDeflatedAfterClose() {
        MessageFramer framer = framer(TakeoverMode.SLIDING, 0);
        write(framer, Opcode.TEXT, new byte[10]);
        framer.close();
        framer.close();

        assertThatThrownBy(() -> framer.begin(Opcode.TEXT, new byte[10])).isInstanceOf(IllegalStateException.class);
    }

    private static MessageFramer framer(TakeoverMode client, int threshold) {
        return new MessageFramer(Optional.of(new DeflateParameters(client, TakeoverMode.SLIDING)), threshold);
    }

    private static void assertPlain(MessageFramer framer, Opcode opcode, int firstByte, byte[] payload) {
        WrittenMessage written = write(framer, opcode, payload);
        assertThat(written.firstBytes()).containsExactly(firstByte);
        assertThat(written.payload()).isEqualTo(payload);
    }

    private static WrittenMessage write(MessageFramer framer, Opcode opcode, byte[] payload) {
        List<Integer> firstBytes = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FrameWriter frames = new FrameWriter(new SecureRandom());
        framer.begin(opcode, payload);
        while (framer.hasNext()) {
            ByteBuffer bytes = ByteBuffer.allocate(payload.length + MessageDeflater.MAX_PIECE);
            framer.beginFrame(frames, bytes);
            assertThat(frames.write(bytes)).isTrue();
            WrittenFrame frame = WrittenFrame.read(bytes.flip());
            assertThat(bytes.hasRemaining()).isFalse();
            firstBytes.add(frame.firstByte());
            lengths.add(frame.payload().remaining());
            out.writeBytes(frame.bytes());
        }
        return new WrittenMessage(firstBytes, lengths, out);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
