package io.wstck.tck.implementation.calls;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text of a message as bytes, for clients that take it as a String. */
public final class TextBytes {
    private TextBytes() {}

    /**
     * The text.
     *
     * @throws HinderedException when the bytes are no UTF-8: a client that takes a String cannot be asked to send them
     */
    public static String decode(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw HinderedException.unsupported("the client takes text as a String, which cannot be what is no UTF-8");
        }
    }
}
