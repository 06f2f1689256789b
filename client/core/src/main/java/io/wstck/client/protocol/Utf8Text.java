package io.wstck.client.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wstck.client.WebSocketException;

/**
 * Encodes a caller's string to UTF-8, or checks a caller's UTF-8 bytes, before they are sent as text (RFC 6455 §5.6).
 */
public final class Utf8Text {
    private Utf8Text() {}

    /**
     * Encodes a string; {@code where} names it in the message.
     *
     * @throws WebSocketException INVALID if it has an unpaired surrogate, for which UTF-8 has no form
     */
    public static byte[] encode(String text, String where) throws WebSocketException {
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            if (Character.isSurrogate(unit)) {
                boolean paired = Character.isHighSurrogate(unit)
                        && index + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(index + 1));
                if (!paired) {
                    throw WebSocketException.invalid(
                            where + ": expected Unicode text, got an unpaired surrogate at index " + index);
                }
                index++;
            }
        }
        return text.getBytes(UTF_8);
    }

    /**
     * Checks bytes; {@code where} names them in the message.
     *
     * @throws WebSocketException INVALID if they are not valid UTF-8
     */
    public static byte[] check(byte[] utf8, String where) throws WebSocketException {
        if (!Utf8Validator.isValid(utf8)) {
            throw WebSocketException.invalid(
                    where + ": expected valid UTF-8, got " + utf8.length + " bytes that are not (RFC 6455 §5.6)");
        }
        return utf8;
    }
}
