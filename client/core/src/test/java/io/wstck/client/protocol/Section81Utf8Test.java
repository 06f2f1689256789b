package io.wstck.client.protocol;

import static io.wstck.client.protocol.ProtocolAssertions.assertViolates;
import static io.wstck.client.protocol.ProtocolAssertions.events;
import static io.wstck.client.protocol.ProtocolAssertions.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.client.ErrorKind;
import io.wstck.client.Message;
import io.wstck.client.WebSocketException;
import io.wstck.client.protocol.ProtocolEvent.MessageReceived;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §8.1, Handling of Errors in UTF-8-Encoded Data, and §5.6. */
class Section81Utf8Test {
    @Test
    void everyCodePointIsValidAndNoPartOfOneIs() {
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                continue;
            }
            byte[] bytes = Character.toString(codePoint).getBytes(UTF_8);
            Utf8Validator validator = new Utf8Validator();
            assertThat(validator.accept(bytes, 0, bytes.length - 1)).isTrue();
            assertThat(validator.isComplete()).isEqualTo(bytes.length == 1);
            assertThat(validator.accept(bytes, bytes.length - 1, 1)).isTrue();
            assertThat(validator.isComplete()).isTrue();
        }
    }

    @Test
    void theResultEqualsThatOfTheJdkOnRandomBytes() {
        Random random = new Random(6455);
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[random.nextInt(12)];
            for (int index = 0; index < bytes.length; index++) {
                bytes[index] = (byte) (random.nextInt(3) == 0 ? random.nextInt(128) : 0x80 + random.nextInt(0x80));
            }
            assertThat(Utf8Validator.isValid(bytes))
                    .as(HexFormat.of().formatHex(bytes))
                    .isEqualTo(validForTheJdk(bytes));
        }
    }

    @Test
    void aTextSplitInsideACharacterOverFragmentsIsValid() throws Exception {
        assertThat(events("01 01 f0 00 01 9f 00 00 00 01 92 80 01 a9"))
                .containsExactly(new MessageReceived(new Message.Text(hex("f09f92a9"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80", "bf", "c0", "c1", "f5", "ff", "e080", "e09f", "eda0", "f080", "f08f", "f490", "c341", "e28241"
            })
    void invalidUtf8IsRefusedAtTheOffendingByteInsideItsFragment(String bytes) {
        // The header announces ten bytes, so the frame is not complete.
        assertViolates(Violation.TEXT_NOT_UTF8, "01 0a" + bytes);
        assertViolates(Violation.TEXT_NOT_UTF8, "81 0a 61" + bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c3", "e282", "f09f92"})
    void aTextThatEndsInsideACharacterIsRefused(String bytes) {
        String length = String.format(Locale.ROOT, "%02x", bytes.length() / 2);
        assertViolates(Violation.TEXT_NOT_UTF8, "81" + length + bytes);
        assertViolates(Violation.TEXT_NOT_UTF8, "01" + length + bytes + "80 00");
    }

    @Test
    void aBinaryMessageMayHoldAnyBytes() throws Exception {
        assertThat(events("82 03 ff fe 80")).containsExactly(new MessageReceived(new Message.Binary(hex("fffe80"))));
    }

    @Test
    void anUnpairedSurrogateIsRefusedWhereverItStandsAndAQuestionMarkIsNot() throws Exception {
        for (int length = 0; length < 24; length++) {
            for (int index = 0; index <= length; index++) {
                StringBuilder text = new StringBuilder("x".repeat(length));
                String valid = text.insert(index, "?\ud83d\udca9?").toString();
                String unpaired = text.replace(index, index + 4, "\ud83d").toString();

                assertThat(Utf8Text.encode(valid, "text")).isEqualTo(valid.getBytes(UTF_8));
                assertInvalid(() -> Utf8Text.encode(unpaired, "text"));
            }
        }
    }

    @Test
    void textToSendIsValidOrRefused() throws Exception {
        assertThat(Utf8Text.encode("a\ud83d\udca9", "text")).isEqualTo(hex("61f09f92a9"));
        assertThat(Utf8Text.check(hex("61"), "text")).isEqualTo(hex("61"));
        assertInvalid(() -> Utf8Text.encode("\udca9", "text"));
        assertInvalid(() -> Utf8Text.encode("\ud83da", "text"));
        assertInvalid(() -> Utf8Text.encode("a\ud83d", "text"));
        assertInvalid(() -> Utf8Text.check(hex("c3"), "text"));
    }

    private static void assertInvalid(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        WebSocketException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID));
    }

    private static boolean validForTheJdk(byte[] bytes) {
        try {
            CharBuffer decoded = UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            return decoded.length() <= bytes.length;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
