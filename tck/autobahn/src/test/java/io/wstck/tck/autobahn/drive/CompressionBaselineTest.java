package io.wstck.tck.autobahn.drive;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.wire.deflate.ContextTakeover;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.CaseId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompressionBaselineTest {
    @Test
    void tenOfEachHundredMessagesAreMeasured() {
        for (int hundred = 0; hundred < 1000; hundred += 100) {
            assertThat(IntStream.range(hundred, hundred + 100).filter(CompressionBaseline::isMeasured))
                    .hasSize(10);
        }
    }

    @Test
    void theBytesOfBothDirectionsAreCounted() throws Exception {
        DeflateParameters parameters = new DeflateParameters(ContextTakeover.SLIDING, ContextTakeover.SLIDING, 15, 15);
        CompressionBaseline.BaselineMeasurement floor =
                CompressionBaseline.measure(List.of(new CompressionBaseline.NegotiatedCase(
                        AutobahnCorpus.standard().find(CaseId.parse("12.1.3")).orElseThrow(), parameters)));
        assertThat(floor.bytes()).isEqualTo(2L * 1000 * 256);
        assertThat(floor.time()).isPositive();
    }
}
