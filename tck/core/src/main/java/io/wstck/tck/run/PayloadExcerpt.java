package io.wstck.tck.run;

import io.wstck.server.text.Excerpt;
import io.wstck.tck.run.TimelineEntry.Extent;
import io.wstck.tck.run.TimelineEntry.Form;
import io.wstck.tck.run.TimelineEntry.Payload;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Excerpts the inflated content of a message: text if it is UTF-8, otherwise hexadecimal digits. Stateless. */
final class PayloadExcerpt {
    static final int MAX_CHARACTERS = 160;
    static final int MAX_BYTES = 64;

    private PayloadExcerpt() {}

    /** Excerpts a payload from a journal, which keeps only the beginning of a long one. */
    static Payload of(io.wstck.server.wire.RecordedPayload payload) {
        return payload.text()
                .map(PayloadExcerpt::text)
                .orElseGet(() ->
                        of(payload.kept().toArray(), payload.whole().isPresent() ? Extent.WHOLE : Extent.BEGINNING));
    }

    /**
     * Excerpts a payload.
     *
     * @param bytes the payload, or its first bytes
     */
    static Payload of(byte[] bytes, Extent extent) {
        if (bytes.length == 0) {
            return Payload.NONE;
        }
        // A character has at most four bytes.
        byte[] first = Arrays.copyOf(bytes, Math.min(bytes.length, 4 * MAX_CHARACTERS));
        Extent kept = first.length < bytes.length ? Extent.BEGINNING : extent;
        CharBuffer text = CharBuffer.allocate(first.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        // A cut payload may end inside a character.
        boolean valid = !decoder.decode(ByteBuffer.wrap(first), text, kept == Extent.WHOLE)
                .isError();
        return valid
                ? text(text.flip().toString(), kept)
                : new Payload(
                        Form.HEX,
                        HexFormat.of().formatHex(first, 0, Math.min(first.length, MAX_BYTES)),
                        first.length > MAX_BYTES ? Extent.BEGINNING : kept);
    }

    private static Payload text(String text) {
        return text.isEmpty() ? Payload.NONE : text(text, Extent.WHOLE);
    }

    private static Payload text(String text, Extent extent) {
        return new Payload(
                Form.TEXT,
                Excerpt.of(text, MAX_CHARACTERS),
                text.length() > MAX_CHARACTERS ? Extent.BEGINNING : extent);
    }
}
