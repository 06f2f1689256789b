package io.wstck.tck.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.text.Excerpt;
import io.wstck.tck.run.Moment.Extent;
import io.wstck.tck.run.Moment.Form;
import io.wstck.tck.run.Moment.Payload;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** The content of a message, inflated, as far as it is shown: text where it is UTF-8, otherwise hexadecimal digits. Stateless. */
final class MessagePayload {
    static final int TEXT_SHOWN = 160;
    static final int BYTES_SHOWN = 64;

    private MessagePayload() {}

    /** The payload of a {@code message} entry, which has the beginning of a long one. */
    static Payload of(JsonNode message) {
        if (message.has("text")) {
            return text(message.get("text").asText());
        }
        boolean whole = message.has("data");
        byte[] kept =
                Base64.getDecoder().decode(message.path(whole ? "data" : "head").asText(""));
        return of(kept, whole ? Extent.WHOLE : Extent.BEGINNING);
    }

    /** The payload whose bytes, or first bytes, these are. */
    static Payload of(byte[] bytes, Extent extent) {
        if (bytes.length == 0) {
            return Payload.NONE;
        }
        // A character has at most four bytes.
        byte[] first = Arrays.copyOf(bytes, Math.min(bytes.length, 4 * TEXT_SHOWN));
        Extent kept = first.length < bytes.length ? Extent.BEGINNING : extent;
        CharBuffer text = CharBuffer.allocate(first.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        // What is left at the end of a beginning may be half a character.
        boolean valid = !decoder.decode(ByteBuffer.wrap(first), text, kept == Extent.WHOLE)
                .isError();
        return valid
                ? text(text.flip().toString(), kept)
                : new Payload(
                        Form.HEX,
                        HexFormat.of().formatHex(first, 0, Math.min(first.length, BYTES_SHOWN)),
                        first.length > BYTES_SHOWN ? Extent.BEGINNING : kept);
    }

    private static Payload text(String text) {
        return text.isEmpty() ? Payload.NONE : text(text, Extent.WHOLE);
    }

    private static Payload text(String text, Extent extent) {
        return new Payload(
                Form.TEXT, Excerpt.of(text, TEXT_SHOWN), text.length() > TEXT_SHOWN ? Extent.BEGINNING : extent);
    }
}
