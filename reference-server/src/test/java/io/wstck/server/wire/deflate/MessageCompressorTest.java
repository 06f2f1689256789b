package io.wstck.server.wire.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.InflateResult;
import io.wstck.server.wire.deflate.DeflateForm.BlockType;
import io.wstck.server.wire.deflate.DeflateForm.Trait;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the compressor's output with the JDK's inflater and, for the window, with the server's own. */
class MessageCompressorTest {
    private static MessageCompressor compressor(int bits, ContextTakeover takeover) {
        return new MessageCompressor(new DeflateParameters(takeover, ContextTakeover.SLIDING, bits, 15));
    }

    private static DeflateForm form(BlockType blocks, int blockSize, Trait... traits) {
        return new DeflateForm(blocks, OptionalInt.of(blockSize), Set.of(traits));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
    void everyShapeInflatesToTheMessageWithExactlyTheNegotiatedWindow(int bits) throws Exception {
        Random random = new Random(bits);
        MessageCompressor compressor = compressor(bits, ContextTakeover.SLIDING);
        try (JdkInflater jdk = new JdkInflater()) {
            MessageInflater strict = new MessageInflater(
                    new DeflateParameters(ContextTakeover.SLIDING, ContextTakeover.SLIDING, 15, bits), 64 << 20);
            for (BlockType blocks : BlockType.values()) {
                for (int i = 0; i < 60; i++) {
                    byte[] message = Samples.message(random, random.nextInt(120_000));
                    DeflateForm form = form(blocks, 1 + random.nextInt(70_000), traits(random));
                    Bytes compressed = compressor.compress(Bytes.owning(message), form);
                    assertThat(jdk.inflate(compressed.toArray(), message.length))
                            .isEqualTo(message);
                    assertThat(strict.inflate(compressed))
                            .isInstanceOfSatisfying(InflateResult.InflatedContent.class, whole -> {
                                assertThat(whole.violations()).isEmpty();
                                assertThat(whole.content()).isEqualTo(Bytes.owning(message));
                            });
                }
            }
        }
    }

    private static Trait[] traits(Random random) {
        List<Trait> traits = new ArrayList<>();
        for (Trait trait : List.of(Trait.EMPTY_BLOCKS, Trait.FRESH)) {
            if (random.nextBoolean()) {
                traits.add(trait);
            }
        }
        return traits.toArray(Trait[]::new);
    }

    @Test
    void aRepetitionIsFoundAtTheFarEndOfTheSmallestWindow() {
        MessageCompressor compressor = compressor(8, ContextTakeover.SLIDING);
        Random random = new Random(3);
        byte[] message = new byte[512];
        random.nextBytes(message);
        System.arraycopy(message, 0, message, 256, 256);
        Bytes compressed = compressor.compress(Bytes.owning(message), DeflateForm.standard());
        assertThat(compressed.length()).isLessThan(400);
        message[0]++;
        Bytes beyond = Bytes.owning(message).slice(0, 257);
        assertThat(compressor(8, ContextTakeover.NONE)
                        .compress(beyond, DeflateForm.standard())
                        .length())
                .isGreaterThan(257);
    }

    @Test
    void laterMessagesReferToEarlierOnesUnlessTheyAreFreshOrTheContextIsNotTakenOver() {
        Bytes message = Bytes.owning(Samples.noise(new Random(4), 1000));
        MessageCompressor sliding = compressor(15, ContextTakeover.SLIDING);
        assertThat(sliding.compress(message, DeflateForm.standard()).length()).isGreaterThan(900);
        assertThat(sliding.compress(message, DeflateForm.standard()).length()).isLessThan(50);
        DeflateForm fresh = new DeflateForm(BlockType.DYNAMIC, OptionalInt.empty(), Set.of(Trait.FRESH));
        assertThat(sliding.compress(message, fresh).length()).isGreaterThan(900);
        assertThat(sliding.compress(message, DeflateForm.standard()).length()).isLessThan(50);
        MessageCompressor each = compressor(15, ContextTakeover.NONE);
        assertThat(each.compress(message, DeflateForm.standard()).length()).isGreaterThan(900);
        assertThat(each.compress(message, DeflateForm.standard()).length()).isGreaterThan(900);
    }

    @Test
    void anEmptyMessageIsTwoBytes() {
        assertThat(hex("", DeflateForm.standard())).isEqualTo("0200");
    }

    @Test
    void theExamplesOfTheRfcAreWrittenAsTheyStandThere() {
        // RFC 7692 §7.2.3.1, §7.2.3.3, §7.2.3.4.
        assertThat(hex("Hello", form(BlockType.FIXED, 100))).isEqualTo("f248cdc9c90700");
        assertThat(hex("Hello", form(BlockType.STORED, 100))).isEqualTo("000500faff48656c6c6f00");
        assertThat(hex("Hello", form(BlockType.FIXED, 100, Trait.FINAL))).isEqualTo("f348cdc9c9070000");
        assertThat(hex("Hello", form(BlockType.FIXED, 100, Trait.KEEP_TAIL))).isEqualTo("f248cdc9c907000000ffff");
        assertThat(hex("Hello", form(BlockType.FIXED, 100, Trait.EMPTY_BLOCKS))).isEqualTo("f248cdc9c907000000ffff00");
    }

    private static String hex(String message, DeflateForm form) {
        Bytes compressed = compressor(15, ContextTakeover.SLIDING).compress(Bytes.utf8(message), form);
        return HexFormat.of().formatHex(compressed.toArray());
    }

    @Test
    void blocksHoldAsMuchOfTheMessageAsWasAskedFor() {
        // Stored blocks show their sizes: each has 5 bytes of overhead. The last, empty one adds its first byte.
        Bytes message = Bytes.owning(new byte[1000]);
        Bytes compressed = compressor(15, ContextTakeover.SLIDING).compress(message, form(BlockType.STORED, 100));
        assertThat(compressed.length()).isEqualTo(1000 + 10 * 5 + 1);
        Bytes large = Bytes.owning(new byte[200_000]);
        assertThat(compressor(15, ContextTakeover.SLIDING)
                        .compress(large, form(BlockType.STORED, 1 << 20))
                        .length())
                .isEqualTo(200_000 + 4 * 5 + 1);
    }

    @Test
    void afterAFinalBlockNothingBeforeItIsReferredTo() throws Exception {
        MessageCompressor compressor = compressor(15, ContextTakeover.SLIDING);
        byte[] message = Samples.noise(new Random(5), 2000);
        try (JdkInflater jdk = new JdkInflater()) {
            for (DeflateForm form : Collections.nCopies(3, form(BlockType.DYNAMIC, 700, Trait.FINAL))) {
                Bytes compressed = compressor.compress(Bytes.owning(message), form);
                assertThat(jdk.inflate(compressed.toArray(), message.length)).isEqualTo(message);
            }
        }
    }

    @Test
    void codesThatWouldBeTooLongAreCut() throws Exception {
        // Frequencies that are Fibonacci numbers give the deepest Huffman tree.
        List<Byte> bytes = new ArrayList<>();
        int a = 1;
        int b = 1;
        for (int symbol = 0; symbol < 24; symbol++) {
            bytes.addAll(Collections.nCopies(a, (byte) (symbol * 7)));
            int next = a + b;
            a = b;
            b = next;
        }
        Collections.shuffle(bytes, new Random(6));
        byte[] message = new byte[bytes.size()];
        for (int i = 0; i < message.length; i++) {
            message[i] = bytes.get(i);
        }
        Bytes compressed = compressor(8, ContextTakeover.NONE)
                .compress(Bytes.owning(message), form(BlockType.DYNAMIC, message.length));
        try (JdkInflater jdk = new JdkInflater()) {
            assertThat(jdk.inflate(compressed.toArray(), message.length)).isEqualTo(message);
        }
    }
}
