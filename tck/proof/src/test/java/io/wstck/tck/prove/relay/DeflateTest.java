package io.wstck.tck.prove.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The examples are from RFC 7692 §7.2.3. */
class DeflateTest {
    private final PayloadInflater inflating = new PayloadInflater();
    private final PayloadDeflater deflating = new PayloadDeflater();

    @AfterEach
    void close() {
        inflating.close();
        deflating.close();
    }

    @Test
    void aMessageInflatesWithoutItsTail() {
        assertThat(text("f248cdc9c90700")).isEqualTo("Hello WHOLE");
    }

    @Test
    void aMessageThatRefersToAnEarlierOneInflatesUntilTheWindowIsReset() {
        assertThat(text("f248cdc9c90700")).isEqualTo("Hello WHOLE");
        assertThat(text("f200110000")).isEqualTo("Hello WHOLE");
        inflating.resetWindow();
        assertThat(text("f200110000")).endsWith("DAMAGED");
    }

    @Test
    void aFinalBlockEndsInflating() {
        assertThat(text("f348cdc9c9070000")).isEqualTo("Hello FINAL_BLOCK");
    }

    @Test
    void invalidDeflateDataIsReportedAsDamaged() {
        assertThat(text("ff")).isEqualTo(" DAMAGED");
    }

    @Test
    void deflatedMessagesInflate() {
        byte[] message = new byte[100_000];
        new Random(7692).nextBytes(message);
        assertThat(inflating.inflate(deflating.deflate(message)).data()).isEqualTo(message);
        assertThat(inflating.inflate(deflating.deflate(new byte[0])).data()).isEmpty();
        assertThat(inflating.inflate(deflating.deflate(message)).data()).isEqualTo(message);
    }

    @Test
    void deflatedMessagesReferToEarlierOnesUntilTheWindowIsReset() {
        byte[] message = new byte[500];
        new Random(7692).nextBytes(message);
        int alone = deflating.deflate(message).length;
        assertThat(deflating.deflate(message)).hasSizeLessThan(alone / 4);
        deflating.resetWindow();
        assertThat(deflating.deflate(message)).hasSize(alone);
    }

    private String text(String hex) {
        PayloadInflater.InflatedPayload inflated =
                inflating.inflate(HexFormat.of().parseHex(hex));
        return new String(inflated.data(), UTF_8) + " " + inflated.ending();
    }
}
