package io.wstck.tck.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.protocol.deflate.MessageDeflater;
import io.wstck.client.protocol.deflate.Window;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.deflate.ContextTakeover;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.server.wire.deflate.Inflated;
import io.wstck.server.wire.deflate.MessageInflater;
import io.wstck.tck.autobahn.payload.Sample;
import io.wstck.tck.autobahn.payload.Windows;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bundled client deflates under a window that was negotiated, judged by the server's inflater, which knows it to the byte. */
@Execution(ExecutionMode.CONCURRENT)
class SmallerWindowTest {
    private static final List<Integer> SIZES = List.of(0, 1, 255, 256, 257, 511, 512, 513, 4096, 70_000, 131_072, 3);

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
    void aSlidingWindowIsNeverLargerThanNegotiated(int bits) {
        assertKeepsTo(bits, Window.SLIDING, ContextTakeover.SLIDING);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 14, 15})
    void aWindowThatIsResetIsNeverLargerThanNegotiatedEither(int bits) {
        assertKeepsTo(bits, Window.RESET, ContextTakeover.NONE);
    }

    private static void assertKeepsTo(int bits, Window window, ContextTakeover takeover) {
        MessageInflater judge = new MessageInflater(
                new DeflateParameters(ContextTakeover.SLIDING, takeover, DeflateParameters.MAX_BITS, bits), 1 << 20);
        try (MessageDeflater deflater = new MessageDeflater(window, bits)) {
            for (Sample sample : List.of(Sample.JSON, Sample.BITMAP, Sample.PROSE)) {
                Windows windows = Windows.of(sample.type(), sample.make());
                for (int size : SIZES) {
                    Bytes message = windows.window(1, size);
                    assertThat(judge.inflate(deflated(deflater, message)))
                            .as("%s of %d bytes under 2^%d", sample, size, bits)
                            .isInstanceOfSatisfying(Inflated.Whole.class, whole -> {
                                assertThat(whole.violations()).isEmpty();
                                assertThat(whole.content()).isEqualTo(message);
                            });
                }
            }
        }
    }

    private static Bytes deflated(MessageDeflater deflater, Bytes message) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        deflater.begin(message.toArray());
        while (deflater.hasNext()) {
            ByteBuffer piece = deflater.next();
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            all.writeBytes(bytes);
        }
        return Bytes.owning(all.toByteArray());
    }
}
