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

class SampleTest {
    @ParameterizedTest
    @CsvSource({
        "JSON, 194056, 0.036",
        "BITMAP, 263222, 0.851",
        "PROSE, 222218, 0.386",
        "HTML, 263647, 0.052",
        "DOCUMENT, 1042328, 0.757"
    })
    void eachIsAsLargeAndAsCompressibleAsTheOneThatItStandsFor(Sample sample, int size, double ratio) {
        Bytes made = sample.make();
        assertThat(made.length()).isEqualTo(size);
        assertThat(ratio(made)).isCloseTo(ratio, within(0.03 * ratio));
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
    void eachIsTheSameAtEveryCallAndATextIsUtf8(Sample sample) {
        Bytes made = sample.make();
        assertThat(made).isEqualTo(sample.make());
        if (sample.type() == MessageType.TEXT) {
            assertThat(made.text()).isPresent();
        }
    }

    @Test
    void windowsFollowEachOtherAndBeginAnewWithoutCuttingACharacter() {
        Windows windows = Windows.of(MessageType.TEXT, Bytes.utf8("aäbc"));
        assertThat(windows.window(0, 3)).isEqualTo(Bytes.utf8("aäb"));
        assertThat(windows.window(1, 3)).isEqualTo(Bytes.utf8("caä"));
        assertThat(windows.window(2, 3)).isEqualTo(Bytes.utf8("bca"));
        Windows bytes = Windows.of(MessageType.BINARY, Bytes.utf8("0123"));
        assertThat(bytes.window(1, 3)).isEqualTo(Bytes.utf8("301"));
    }
}
