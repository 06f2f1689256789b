package io.wstck.server.wire;

import java.util.Optional;

/**
 * The part of a payload that a journal keeps as evidence. A payload of up to {@link #WHOLE_LIMIT} bytes is kept whole.
 * For a longer one the journal keeps a digest and the first bytes.
 *
 * @param length the length of the payload, in bytes
 * @param kept the whole payload, or its first {@link #HEAD_BYTES} bytes when it is longer than the limit
 * @param sha256 the digest of a payload that is longer than the limit, in lower-case hex; absent without
 * {@link DigestMode#COMPUTED}
 */
public record RecordedPayload(long length, Bytes kept, Optional<String> sha256) {
    /** The longest payload that is kept whole, in bytes. */
    public static final int WHOLE_LIMIT = 4096;

    /** The number of leading bytes that are kept of a longer payload. */
    public static final int HEAD_BYTES = 64;

    /** Tells whether long payloads get a digest. A digest takes a second for some hundred megabytes. */
    public enum DigestMode {
        COMPUTED,
        SKIPPED
    }

    /** The whole payload; absent where only its digest and its first bytes were kept. */
    public Optional<Bytes> whole() {
        return sha256.isPresent() ? Optional.empty() : Optional.of(kept);
    }

    /** The payload as text; absent unless all of it was kept and is valid UTF-8. */
    public Optional<String> text() {
        return whole().flatMap(Bytes::text);
    }

    /** Records a payload that is in memory. */
    public static RecordedPayload of(Bytes payload, DigestMode digest) {
        if (payload.length() <= WHOLE_LIMIT) {
            return new RecordedPayload(payload.length(), payload, Optional.empty());
        }
        Optional<String> sha256 = digest == DigestMode.COMPUTED ? Optional.of(payload.sha256()) : Optional.empty();
        return new RecordedPayload(payload.length(), payload.slice(0, HEAD_BYTES), sha256);
    }
}
