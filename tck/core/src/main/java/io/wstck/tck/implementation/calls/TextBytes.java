package io.wstck.tck.implementation.calls;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes the bytes of a text message as strict UTF-8, for adapters of clients that send a String. */
public final class TextBytes {
    private TextBytes() {}

    /**
     * Decodes UTF-8.
     *
     * @throws NotJudgedException if the bytes are invalid UTF-8: a client that takes a String cannot send them
     */
    public static String decode(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw NotJudgedException.unsupported("the client takes text as a String, which cannot hold invalid UTF-8");
        }
    }
}
