package io.wstck.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests that masking and UTF-8 validation in words of eight bytes give the same results as byte by byte. */
class EightByteWordsTest {
    @Test
    void maskingIsTheSameAtEveryLengthAndOffset() {
        int key = 0x81C23F05;
        for (int length = 0; length < 40; length++) {
            for (int offset = 0; offset < 9; offset++) {
                byte[] payload = new byte[length];
                FrameHeader.applyMask(key, payload, length, offset);
                for (int i = 0; i < length; i++) {
                    assertThat(payload[i]).isEqualTo((byte) (key >>> (24 - 8 * ((i + offset) % 4))));
                }
            }
        }
    }

    @Test
    void textIsValidWhereTheJdkSaysSo() {
        Random random = new Random(3629);
        int valid = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] text = text(random);
            boolean expected = isText(text);
            valid += expected ? 1 : 0;
            assertThat(Utf8Validator.isValid(Bytes.copyOf(text))).isEqualTo(expected);
            assertThat(inTwoParts(text, random.nextInt(text.length + 1))).isEqualTo(expected);
        }
        assertThat(valid).isBetween(1_000, 19_000);
    }

    /** ASCII text with a few other characters, and sometimes a byte that makes it invalid. */
    private static byte[] text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(30);
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(6) > 0 ? "a" : random.nextBoolean() ? "ä" : "€𝄞");
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(2) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static boolean isText(byte[] bytes) {
        try {
            var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException broken) {
            return false;
        }
    }

    private static boolean inTwoParts(byte[] text, int cut) {
        Utf8Validator validator = new Utf8Validator();
        byte[] rest = new byte[text.length - cut];
        System.arraycopy(text, cut, rest, 0, rest.length);
        return validator.accept(text, cut) && validator.accept(rest, rest.length) && validator.complete();
    }
}
