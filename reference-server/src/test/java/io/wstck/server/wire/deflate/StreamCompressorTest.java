package io.wstck.server.wire.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.InflateResult;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamCompressorTest {
    /**
     * The server's inflater for clients checks the compressor's output: the parameters are the same for both
     * directions.
     */
    @ParameterizedTest
    @CsvSource({"15, SLIDING", "15, NONE", "9, SLIDING", "8, NONE"})
    void whatItCompressesInflatesUnderTheSameParameters(int bits, ContextTakeover takeover) {
        DeflateParameters parameters = new DeflateParameters(takeover, takeover, bits, bits);
        MessageInflater inflater = new MessageInflater(parameters, 1 << 20);
        byte[] noise = new byte[50_000];
        new Random(1).nextBytes(noise);
        List<Bytes> messages = List.of(
                Bytes.utf8("the same words, and "),
                Bytes.EMPTY,
                Bytes.utf8("the same words, and ".repeat(5_000)),
                Bytes.owning(noise),
                Bytes.utf8("the same words, and "));
        try (StreamCompressor compressor = StreamCompressor.of(parameters)) {
            for (Bytes message : messages) {
                assertThat(inflater.inflate(compressor.compress(message)))
                        .isInstanceOfSatisfying(InflateResult.InflatedContent.class, whole -> {
                            assertThat(whole.content()).isEqualTo(message);
                            assertThat(whole.violations()).isEmpty();
                        });
            }
        }
    }
}
