package io.wstck.server.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.text.Excerpt;
import io.wstck.server.text.FormatWord;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.RecordedPayload;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads the fields of a journal entry in its JSON form. */
record EntryFields(JsonNode json) {
    private static final int LONGEST_VALUE = 80;

    boolean has(String field) {
        return json.has(field);
    }

    String text(String field) {
        return json.path(field).asText("");
    }

    /** The text of the field; absent if it is missing or null. */
    Optional<String> optionalText(String field) {
        JsonNode value = json.path(field);
        return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }

    boolean flag(String field) {
        return json.path(field).asBoolean();
    }

    int integer(String field) {
        return json.path(field).asInt();
    }

    long number(String field) {
        return json.path(field).asLong();
    }

    /** An unsigned 64-bit number, negative if its top bit is set. */
    long unsigned(String field) {
        return json.path(field).bigIntegerValue().longValue();
    }

    /**
     * The constant whose word the field contains.
     *
     * @throws IllegalArgumentException if there is no such constant
     */
    <E extends Enum<E> & FormatWord> E word(String field, Class<E> type) {
        return FormatWord.find(type, text(field))
                .orElseThrow(() -> unexpected(field, "one of " + FormatWord.words(type)));
    }

    /** As {@link #word}, but a missing field gives {@code otherwise}. */
    <E extends Enum<E> & FormatWord> E wordOr(String field, Class<E> type, E otherwise) {
        return has(field) ? word(field, type) : otherwise;
    }

    List<Header> headers() {
        List<Header> headers = new ArrayList<>();
        json.path("headers")
                .forEach(pair -> headers.add(
                        new Header(pair.path(0).asText(), pair.path(1).asText())));
        return headers;
    }

    /**
     * The bytes of a field in base64; absent if it is missing.
     *
     * @throws IllegalArgumentException if the field is not base64
     */
    Optional<Bytes> base64(String field) {
        return optionalText(field).map(text -> Bytes.owning(Base64.getDecoder().decode(text)));
    }

    boolean hasPayload() {
        return has("text") || has("data") || has("sha256");
    }

    /**
     * The payload.
     *
     * @param length the length of the payload, in bytes
     */
    RecordedPayload payload(long length) {
        Optional<String> sha256 = optionalText("sha256");
        if (sha256.isPresent()) {
            return new RecordedPayload(length, base64("head").orElse(Bytes.EMPTY), sha256);
        }
        Bytes whole =
                optionalText("text").map(Bytes::utf8).or(() -> base64("data")).orElse(Bytes.EMPTY);
        return new RecordedPayload(length, whole, Optional.empty());
    }

    IllegalArgumentException unexpected(String field, String expected) {
        JsonNode value = json.path(field);
        String found = value.isMissingNode() ? "none" : Excerpt.withEllipsis(value.toString(), LONGEST_VALUE);
        return new IllegalArgumentException(
                "entry " + number("seq") + " of the journal: " + field + ": expected " + expected + ", found " + found);
    }
}
