package io.wstck.server.wire.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.InflateResult;
import io.wstck.server.wire.InflateResult.ContextDependency;
import io.wstck.server.wire.Rule;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.deflate.BlockWriter.BlockPosition;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the inflater with valid and invalid messages. The JDK's deflater writes the valid ones. */
class MessageInflaterTest {
    private static final int LIMIT = 64 << 20;

    private static MessageInflater inflater(int bits, ContextTakeover takeover) {
        return new MessageInflater(new DeflateParameters(ContextTakeover.SLIDING, takeover, 15, bits), LIMIT);
    }

    private static MessageInflater usual() {
        return inflater(15, ContextTakeover.SLIDING);
    }

    /** Deflates a message as a client does: flushed, without the tail. */
    private static Bytes deflate(Deflater deflater, byte[] message) {
        deflater.setInput(message);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        int count;
        do {
            count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
            out.write(buffer, 0, count);
        } while (count == buffer.length || !deflater.needsInput() || out.size() == 0);
        byte[] all = out.toByteArray();
        return Bytes.owning(Arrays.copyOf(all, all.length - 4));
    }

    private static InflateResult.InflatedContent whole(InflateResult inflated) {
        assertThat(inflated).isInstanceOf(InflateResult.InflatedContent.class);
        return (InflateResult.InflatedContent) inflated;
    }

    private static List<Rule> rules(InflateResult inflated) {
        List<Violation> violations = switch (inflated) {
            case InflateResult.InflatedContent whole -> whole.violations();
            case InflateResult.InvalidDeflate broken -> broken.violations();
            case InflateResult.TooLong _ -> List.of();
        };
        return violations.stream().map(Violation::rule).toList();
    }

    private static Bytes hex(String hex) {
        return Bytes.owning(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({"0, DEFAULT", "1, DEFAULT", "6, DEFAULT", "9, DEFAULT", "6, FILTERED", "6, HUFFMAN_ONLY"})
    void whatZlibDeflatesInflates(int level, String strategy) {
        Random random = new Random(level);
        try (Deflater deflater = new Deflater(level, true)) {
            deflater.setStrategy(
                    switch (strategy) {
                        case "HUFFMAN_ONLY" -> Deflater.HUFFMAN_ONLY;
                        case "FILTERED" -> Deflater.FILTERED;
                        default -> Deflater.DEFAULT_STRATEGY;
                    });
            MessageInflater inflater = usual();
            for (int i = 0; i < 100; i++) {
                byte[] message = Samples.message(random, i % 10 == 0 ? 300_000 : random.nextInt(1, 5_000));
                InflateResult.InflatedContent whole = whole(inflater.inflate(deflate(deflater, message)));
                assertThat(whole.violations()).isEmpty();
                assertThat(whole.content()).isEqualTo(Bytes.owning(message));
            }
        }
    }

    @Test
    void aMessageWithoutReferencesToEarlierOnesIsIndependent() {
        byte[] message = Samples.noise(new Random(1), 500);
        MessageInflater inflater = usual();
        try (Deflater deflater = new Deflater(9, true)) {
            assertThat(whole(inflater.inflate(deflate(deflater, message))).dependency())
                    .isEqualTo(ContextDependency.INDEPENDENT);
            assertThat(whole(inflater.inflate(deflate(deflater, message))).dependency())
                    .isEqualTo(ContextDependency.EARLIER_MESSAGES);
            deflater.reset();
            assertThat(whole(inflater.inflate(deflate(deflater, message))).dependency())
                    .isEqualTo(ContextDependency.INDEPENDENT);
        }
    }

    /** {@code before} random bytes, then a match at that distance. */
    private static Bytes matchAt(int distance, int before) {
        Tokens tokens = new Tokens();
        for (byte value : Samples.noise(new Random(2), before)) {
            tokens.literal(value);
        }
        tokens.match(5, distance);
        BitWriter out = new BitWriter(before);
        BlockWriter writer = new BlockWriter(out);
        writer.writeFixed(tokens, BlockPosition.NOT_LAST);
        writer.writeStoredHeader(BlockPosition.NOT_LAST);
        return Bytes.owning(out.toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14})
    void aReferenceIsAViolationFromOneByteBeyondTheWindowOn(int bits) {
        int window = 1 << bits;
        assertThat(rules(inflater(bits, ContextTakeover.SLIDING).inflate(matchAt(window, window + 1))))
                .isEmpty();
        InflateResult.InflatedContent beyond =
                whole(inflater(bits, ContextTakeover.SLIDING).inflate(matchAt(window + 1, window + 1)));
        assertThat(rules(beyond)).containsExactly(Rule.DEFLATE_WINDOW);
        assertThat(beyond.violations().getFirst().detail())
                .contains((window + 1) + " bytes back")
                .contains("" + window);
        byte[] content = beyond.content().toArray();
        assertThat(Arrays.copyOfRange(content, window + 1, window + 6)).isEqualTo(Arrays.copyOf(content, 5));
    }

    @Test
    void theWindowSlidesAcrossMessagesWhereTheContextIsTakenOverAndNowhereElse() {
        Bytes first = matchAt(1, 100);
        Bytes second = matchAt(50, 10);
        MessageInflater sliding = usual();
        assertThat(rules(sliding.inflate(first))).isEmpty();
        assertThat(rules(sliding.inflate(second))).isEmpty();
        MessageInflater each = inflater(15, ContextTakeover.NONE);
        assertThat(rules(each.inflate(first))).isEmpty();
        InflateResult.InflatedContent reaching = whole(each.inflate(second));
        assertThat(rules(reaching)).containsExactly(Rule.DEFLATE_WINDOW);
        assertThat(reaching.dependency()).isEqualTo(ContextDependency.EARLIER_MESSAGES);
        assertThat(reaching.violations().getFirst().detail()).contains("earlier message");
    }

    @Test
    void aReferenceToBeforeTheBeginningDoesNotInflate() {
        assertThat(rules(usual().inflate(matchAt(101, 100)))).containsExactly(Rule.DEFLATE_DATA);
        assertThat(rules(inflater(8, ContextTakeover.SLIDING).inflate(matchAt(300, 100))))
                .containsExactly(Rule.DEFLATE_WINDOW, Rule.DEFLATE_DATA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f248cdc9c90700", // RFC 7692 §7.2.3.1
                "000500faff48656c6c6f00", // §7.2.3.3
                "f348cdc9c9070000", // §7.2.3.4
                "f24805000000ffffcac9c90700", // §7.2.3.5
            })
    void theExamplesOfTheRfcInflate(String compressed) {
        InflateResult.InflatedContent whole = whole(usual().inflate(hex(compressed)));
        assertThat(whole.violations()).isEmpty();
        assertThat(whole.content()).isEqualTo(Bytes.utf8("Hello"));
    }

    @Test
    void anEmptyMessageInflatesFromOneByteAndFromTwo() {
        assertThat(whole(usual().inflate(hex("00"))).violations()).isEmpty();
        assertThat(whole(usual().inflate(hex("0200"))).content()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void aRemainingTailIsOneViolationAndTheMessageStillInflates() {
        InflateResult.InflatedContent whole = whole(usual().inflate(hex("f248cdc9c907000000ffff")));
        assertThat(rules(whole)).containsExactly(Rule.DEFLATE_TAIL);
        assertThat(whole.content()).isEqualTo(Bytes.utf8("Hello"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', without the header",
        "f348cdc9c907, ends",
        "f348cdc9c90700, after a final block without the header",
        "f248cdc9c907040000ffff, after a final block without the header",
        "f248cdc9, ends inside",
        "0005, complement",
        "000500faff4865, ends inside",
        "000500000048656c6c6f00, complement",
        "06, reserved type",
        "07ffff, reserved type",
        "ffffffff, reserved type",
        "fc0000, 288 literal",
    })
    void invalidDeflateDataIsAViolation(String compressed, String problem) {
        InflateResult inflated = usual().inflate(hex(compressed));
        assertThat(rules(inflated)).containsExactly(Rule.DEFLATE_DATA);
        Violation violation = inflated instanceof InflateResult.InflatedContent whole
                ? whole.violations().getFirst()
                : ((InflateResult.InvalidDeflate) inflated).violations().getFirst();
        assertThat(violation.detail()).contains(problem);
    }

    @Test
    void randomBytesAlwaysGiveAResult() {
        Random random = new Random(10);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = Samples.noise(random, random.nextInt(80));
            assertThat(usual().inflate(Bytes.owning(noise))).isNotNull();
        }
    }

    @Test
    void aTruncatedMessageIsNeverAccepted() {
        byte[] message = Samples.message(new Random(11), 3_000);
        try (Deflater deflater = new Deflater(9, true)) {
            Bytes compressed = deflate(deflater, message);
            for (int length = 0; length < compressed.length(); length++) {
                InflateResult inflated = usual().inflate(compressed.slice(0, length));
                assertThat(rules(inflated)).as("cut to " + length).isNotEmpty();
            }
        }
    }

    @Test
    void messagesAfterABrokenOneAreReadAgain() {
        MessageInflater inflater = usual();
        assertThat(inflater.inflate(hex("ffff"))).isInstanceOf(InflateResult.InvalidDeflate.class);
        assertThat(whole(inflater.inflate(hex("f248cdc9c90700"))).content()).isEqualTo(Bytes.utf8("Hello"));
    }

    @Test
    void aBombIsReportedAtTheLimitAndNotBefore() {
        MessageCompressor compressor =
                new MessageCompressor(new DeflateParameters(ContextTakeover.NONE, ContextTakeover.NONE, 15, 15));
        MessageInflater inflater =
                new MessageInflater(new DeflateParameters(ContextTakeover.NONE, ContextTakeover.NONE, 15, 15), 1 << 20);
        Bytes exactly = compressor.compress(Bytes.owning(new byte[1 << 20]), DeflateForm.standard());
        Bytes oneMore = compressor.compress(Bytes.owning(new byte[(1 << 20) + 1]), DeflateForm.standard());
        assertThat(exactly.length()).isLessThan(4_000);
        assertThat(whole(inflater.inflate(exactly)).content().length()).isEqualTo(1 << 20);
        assertThat(inflater.inflate(oneMore)).isEqualTo(new InflateResult.TooLong(1 << 20));
        assertThat(whole(inflater.inflate(exactly)).violations()).isEmpty();
    }
}
