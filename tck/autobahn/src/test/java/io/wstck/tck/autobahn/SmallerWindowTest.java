package io.wstck.tck.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.protocol.deflate.MessageDeflater;
import io.wstck.client.protocol.deflate.TakeoverMode;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.InflateResult;
import io.wstck.server.wire.deflate.ContextTakeover;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.server.wire.deflate.MessageInflater;
import io.wstck.tck.autobahn.payload.PayloadSlices;
import io.wstck.tck.autobahn.payload.SamplePayload;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks the bundled client's deflater with a negotiated window. The server's inflater notices every reference beyond
 * the window.
 */
@Execution(ExecutionMode.CONCURRENT)
class SmallerWindowTest {
    private static final List<Integer> SIZES = List.of(0, 1, 255, 256, 257, 511, 512, 513, 4096, 70_000, 131_072, 3);

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
    void aSlidingWindowIsNeverLargerThanNegotiated(int bits) {
        assertKeepsTo(bits, TakeoverMode.SLIDING, ContextTakeover.SLIDING);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 14, 15})
    void aWindowThatIsResetIsNeverLargerThanNegotiatedEither(int bits) {
        assertKeepsTo(bits, TakeoverMode.RESET, ContextTakeover.NONE);
    }

    private static void assertKeepsTo(int bits, TakeoverMode mode, ContextTakeover takeover) {
        MessageInflater judge = new MessageInflater(
                new DeflateParameters(ContextTakeover.SLIDING, takeover, DeflateParameters.MAX_BITS, bits), 1 << 20);
        try (MessageDeflater deflater = new MessageDeflater(mode, bits)) {
            for (SamplePayload sample : List.of(SamplePayload.JSON, SamplePayload.BITMAP, SamplePayload.PROSE)) {
                PayloadSlices slices = PayloadSlices.of(sample.type(), sample.generate());
                for (int size : SIZES) {
                    Bytes message = slices.slice(1, size);
                    assertThat(judge.inflate(deflated(deflater, message)))
                            .as("%s of %d bytes under 2^%d", sample, size, bits)
                            .isInstanceOfSatisfying(InflateResult.InflatedContent.class, whole -> {
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
