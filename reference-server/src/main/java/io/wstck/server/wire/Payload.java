package io.wstck.server.wire;

import java.util.Optional;

/**
 * What is kept of a payload as evidence: all of it up to {@link #WHOLE_LIMIT} bytes, beyond that its digest and its head.
 *
 * @param length how many bytes the payload had
 * @param kept the whole payload, or its first {@link #HEAD} bytes when there is a digest
 * @param sha256 lower-case hex, present only beyond the limit
 */
public record Payload(long length, Bytes kept, Optional<String> sha256) {
    /** Payloads up to this many bytes are kept whole. */
    public static final int WHOLE_LIMIT = 4096;

    /** How many leading bytes are kept of a longer one. */
    public static final int HEAD = 64;

    /** The evidence of a payload that is at hand whole. */
    public static Payload of(Bytes payload) {
        if (payload.length() <= WHOLE_LIMIT) {
            return new Payload(payload.length(), payload, Optional.empty());
        }
        return new Payload(payload.length(), payload.slice(0, HEAD), Optional.of(payload.sha256()));
    }
}
