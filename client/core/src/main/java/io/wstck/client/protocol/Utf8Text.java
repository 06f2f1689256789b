package io.wstck.client.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wstck.client.WebSocketException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Encodes a caller's string to UTF-8, or checks a caller's UTF-8 bytes, before they are sent as text (RFC 6455 §5.6).
 */
public final class Utf8Text {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    /** Eight question marks. */
    private static final long REPLACEMENTS = 0x3F3F3F3F3F3F3F3FL;

    private static final long LOWEST_BITS = 0x0101010101010101L;
    private static final long HIGHEST_BITS = 0x8080808080808080L;

    private Utf8Text() {}

    /**
     * Encodes a string; {@code where} names it in the message.
     *
     * @throws WebSocketException INVALID if it has an unpaired surrogate, for which UTF-8 has no form
     */
    public static byte[] encode(String text, String where) throws WebSocketException {
        byte[] utf8 = text.getBytes(UTF_8);
        // The JDK encodes an unpaired surrogate as a question mark. Looking for that is faster than for surrogates.
        if (hasReplacement(utf8)) {
            checkSurrogates(text, where);
        }
        return utf8;
    }

    private static boolean hasReplacement(byte[] utf8) {
        int index = 0;
        for (; index + Long.BYTES <= utf8.length; index += Long.BYTES) {
            // A byte of the difference is zero where the text has a question mark. The condition finds a zero byte.
            long difference = (long) LONGS.get(utf8, index) ^ REPLACEMENTS;
            if ((difference - LOWEST_BITS & ~difference & HIGHEST_BITS) != 0) {
                return true;
            }
        }
        while (index < utf8.length && utf8[index] != '?') {
            index++;
        }
        return index < utf8.length;
    }

    private static void checkSurrogates(String text, String where) throws WebSocketException {
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
