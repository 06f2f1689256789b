package io.wstck.tck.autobahn.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.MessageType;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SamplePayloadTest {
    @ParameterizedTest
    @CsvSource({
        "JSON, 194056, 0.036",
        "BITMAP, 263222, 0.851",
        "PROSE, 222218, 0.386",
        "HTML, 263647, 0.052",
        "DOCUMENT, 1042328, 0.757"
    })
    void eachPayloadHasTheSizeAndTheCompressionRatioOfRealData(SamplePayload sample, int size, double ratio) {
        Bytes bytes = sample.generate();
        assertThat(bytes.length()).isEqualTo(size);
        assertThat(ratio(bytes)).isCloseTo(ratio, within(0.03 * ratio));
    }

    private static double ratio(Bytes bytes) {
        try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setInput(bytes.toArray());
            deflater.finish();
            return (double) deflater.deflate(new byte[bytes.length()]) / bytes.length();
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachPayloadIsTheSameAtEveryCallAndTextsAreUtf8(SamplePayload sample) {
        Bytes bytes = sample.generate();
        assertThat(bytes).isEqualTo(sample.generate());
        if (sample.type() == MessageType.TEXT) {
            assertThat(bytes.text()).isPresent();
        }
    }

    @Test
    void slicesAreConsecutiveAndDoNotCutCharacters() {
        PayloadSlices slices = PayloadSlices.of(MessageType.TEXT, Bytes.utf8("aäbc"));
        assertThat(slices.slice(0, 3)).isEqualTo(Bytes.utf8("aäb"));
        assertThat(slices.slice(1, 3)).isEqualTo(Bytes.utf8("caä"));
        assertThat(slices.slice(2, 3)).isEqualTo(Bytes.utf8("bca"));
        PayloadSlices bytes = PayloadSlices.of(MessageType.BINARY, Bytes.utf8("0123"));
        assertThat(bytes.slice(1, 3)).isEqualTo(Bytes.utf8("301"));
    }
}
